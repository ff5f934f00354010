package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A step over a keyed stream, with state and timers for each key; one instance per task, called by
 * one thread at a time..
 *
 * @param <K> type of the keys
 * @param <I> type of the records that come in
 * @param <O> type of the records that go out
 */
@ConsumerType
public interface KeyedProcessor<K, I, O> {
  /** Before the first record: declares the state. */
  default void open(KeyedContext<K> context) throws Exception {}

  /**
   * A record came in.
   *
   * @param timestamp its event time in ms since 1970
   */
  void process(I value, long timestamp, Emitter<O> out) throws Exception;

  /**
   * A timer of the current key is due.
   *
   * @param timestamp for when it was set, in ms since 1970
   */
  default void onTimer(long timestamp, Timers.Domain domain, Emitter<O> out) throws Exception {}

  /** Releases what {@link #open} took. */
  default void close() throws Exception {}
}
