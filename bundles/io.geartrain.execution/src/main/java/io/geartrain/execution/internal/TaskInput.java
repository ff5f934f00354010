package io.geartrain.execution.internal;

import io.geartrain.channel.Batch;

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

  /** Whether nothing will come any more and all was given back. */
  boolean ended();

  /** Whether {@link #poll} would give a batch; perhaps wrong if asked by another thread. */
  boolean hasInput();

  /** Releases all; also after a failure. */
  void close() throws Exception;
}
