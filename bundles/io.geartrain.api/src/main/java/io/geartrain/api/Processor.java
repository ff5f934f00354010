package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One step of a topology, one instance per task, always called by one thread at a time. Calls come
 * in the order {@code open restore? (process | onWatermark | snapshot)* onEnd close}; {@code close}
 * alone comes too when the task is stopped early or fails. Any throwable makes the application
 * start again from its last checkpoint, or fail with the record in the report.
 *
 * @param <I> type of the records that come in
 * @param <O> type of the records that go out
 */
@ConsumerType
public interface Processor<I, O> {
  /** Before the first record. */
  default void open(ProcessorContext context) throws Exception {}

  /**
   * A record came in.
   *
   * @param timestamp its event time in ms since 1970
   */
  void process(I value, long timestamp, Emitter<O> out) throws Exception;

  /** Event time moved on: no record older than {@code watermark} (ms) is to come. */
  default void onWatermark(long watermark, Emitter<O> out) throws Exception {}

  /** All inputs have ended; the last chance to emit. The maximal watermark came before. */
  default void onEnd(Emitter<O> out) throws Exception {}

  /** Puts what the task has in memory into a checkpoint; fast, for the task waits. */
  default void snapshot(StateWriter state) throws Exception {}

  /** Takes it out again, after {@link #open} and before the first record. */
  default void restore(StateReader state) throws Exception {}

  /** Releases what {@link #open} took. */
  default void close() throws Exception {}
}
