package io.geartrain.api;

import java.time.Duration;
import java.util.Comparator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A keyed stream cut into windows; each window's result is handed on when the watermark passes the
 * window's end. All steps over it are stateful and need an {@link DataStream#id}.
 *
 * <pre>{@code
 * OutputTag<String> late = new OutputTag<>("late", String.class);
 * var counts =
 *     streams
 *         .from(lines)
 *         .eventTime(line -> Long.parseLong(line.split(" ")[0]), Duration.ofMillis(5))
 *         .keyBy(String.class, line -> line.split(" ")[1])
 *         .window(Window.tumbling(Duration.ofMillis(10)))
 *         .lateTo(late)
 *         .count()
 *         .id("count");
 * counts.map(String.class, w -> w.start() + " " + w.key() + " " + w.value()).to(out);
 * counts.sideOutput(late).map(String.class, line -> "late " + line).to(out);
 * // the lines "1 a", "12 a", "3 a", "16 b", "4 a" give: 0 a 2, 10 a 1, 10 b 1, late 4 a
 * }</pre>
 *
 * @param <K> type of the keys
 * @param <T> type of the records
 */
@ProviderType
public interface WindowedStream<K, T> {
  /**
   * Keeps a window for so long after its end: a late record within that time is added, and the new
   * result handed on at once. What is later still goes to {@link #lateTo}, or is counted and
   * dropped.
   */
  WindowedStream<K, T> allowedLateness(Duration lateness);

  /**
   * Sends records that are too late to a side output; read it with {@link DataStream#sideOutput} on
   * the stream of results.
   */
  WindowedStream<K, T> lateTo(OutputTag<T> output);

  /** Folds the records of each key and window. */
  <A, R> DataStream<Windowed<K, R>> aggregate(Aggregator<? super T, A, R> aggregator);

  /** Counts the records of each key and window. */
  default DataStream<Windowed<K, Long>> count() {
    return aggregate(Aggregators.counting());
  }

  /** Adds up a number of the records of each key and window. */
  default DataStream<Windowed<K, Long>> sum(LongFunction<? super T> number) {
    return aggregate(Aggregators.summing(number));
  }

  /** Keeps the least record of each key and window. */
  default DataStream<Windowed<K, T>> min(Comparator<? super T> order) {
    return aggregate(Aggregators.min(order));
  }

  /** Keeps the greatest record of each key and window. */
  default DataStream<Windowed<K, T>> max(Comparator<? super T> order) {
    return aggregate(Aggregators.max(order));
  }

  /** Reduces the records of each key and window to one. */
  default DataStream<Windowed<K, T>> reduce(ReduceFunction<T> function) {
    return aggregate(Aggregators.reducing(function));
  }
}
