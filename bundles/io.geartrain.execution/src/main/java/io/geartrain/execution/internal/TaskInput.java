package io.geartrain.execution.internal;

import io.geartrain.channel.Batch;
import io.geartrain.channel.InputGate;

/** Where a task's records come from: channels, or the splits of a source. On the task's thread. */
public interface TaskInput {
  /** Before the first batch. */
  void open();

  /**
   * The next batch, which may be empty, or null if there is none now; given back before the next.
   */
  Batch poll();

  /**
   * Gives the batch back, whose records have been processed.
   *
   * @return the watermark that holds from now on
   */
  long release(Batch batch);

  /**
   * The checkpoint whose time has come, between batches; 0 if none.
   *
   * @param wanted that the task is asked for; 0 if none
   */
  long barrier(long wanted);

  /** Saves where the input is. */
  void snapshot(TaskSnapshot to) throws Exception;

  /** The snapshot has begun; the input goes on. */
  void goOn();

  /** What was compared with what was sent. */
  InputGate.Audit audit();

  /**
   * Whether the last {@link #poll} found little, though more may come at once: what has piled up
   * then leaves, and other tasks have their turns before the next look.
   */
  default boolean dry() {
    return false;
  }

  /**
   * The largest event time that a source has read, in ms; {@link Long#MIN_VALUE} if there is none.
   */
  default long newest() {
    return Long.MIN_VALUE;
  }

  /** Whether the watermark waits for a split of a source that has nothing to read. */
  default boolean isWaiting() {
    return false;
  }

  /** Whether nothing comes for now, so that nobody should wait for this task's event time. */
  boolean isIdle();

  /** Whether nothing will come any more and all was given back. */
  boolean ended();

  /** Whether {@link #poll} would give a batch; perhaps wrong if asked by another thread. */
  boolean hasInput();

  /** Releases all; also after a failure. */
  void close() throws Exception;
}
