package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A step over a keyed stream, with state and timers for each key; one instance per task, called by
 * one thread at a time.
 *
 * <pre>{@code
 * final class Changes implements KeyedProcessor<String, String, String> {
 *   private KeyedContext<String> context;
 *   private ValueState<Long> count;
 *
 *   public void open(KeyedContext<String> given) {
 *     context = given;
 *     count = given.valueState("count", Long.class);
 *   }
 *
 *   public void process(String value, long timestamp, Emitter<String> out) {
 *     if (count.get() == null) {
 *       context.timers().onEventTime(timestamp + 1_000);
 *     }
 *     count.set(count.get() == null ? 1 : count.get() + 1);
 *   }
 *
 *   public void onTimer(long timestamp, Timers.Domain domain, Emitter<String> out) {
 *     out.emit(context.key() + " came " + count.get() + " times");
 *     count.clear();
 *   }
 * }
 *
 * streams
 *     .from(lines)
 *     .keyBy(String.class, line -> line)
 *     .process(String.class, Changes::new)
 *     .id("changes")
 *     .to(out);
 * // the lines "a", "b", "a" give: a came 2 times, b came 1 times
 * }</pre>
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
