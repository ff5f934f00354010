package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A stream of records; each method adds a step to the graph and returns the stream that leaves it.
 *
 * <p>Types are given as classes where a step changes them, since a lambda does not tell: the plan
 * numbers all types that travel. Steps without an own {@link #id} are named by their kind and their
 * number among the steps of that kind ({@code map-2}); steps that may keep state must have one.
 *
 * <pre>{@code
 * DataStream<Integer> lengths =
 *     streams
 *         .from(lines)
 *         .id("lines")
 *         .filter(line -> !line.isBlank())
 *         .map(Integer.class, String::length)
 *         .id("length")
 *         .parallelism(2);
 * lengths.to(out).id("write");
 * // the lines "to be", "or", "not to be" give: 2, 5, 9
 * }</pre>
 *
 * @param <T> type of the records
 */
@ProviderType
public interface DataStream<T> {
  /** Turns each record into one other. */
  <R> DataStream<R> map(Class<R> type, MapFunction<? super T, ? extends R> function);

  /** Keeps the records for which the condition holds. */
  DataStream<T> filter(FilterFunction<? super T> condition);

  /** Turns each record into any number of others. */
  <R> DataStream<R> flatMap(Class<R> type, FlatMapFunction<? super T, R> function);

  /**
   * Hands each record to a processor of one's own. It may keep state, so the step needs an {@link
   * #id}.
   *
   * @param type type of the records that leave it
   * @param processor makes one instance per task
   */
  <R> DataStream<R> process(Class<R> type, ProcessorSupplier<? super T, R> processor);

  /**
   * Groups the records by a key: all records with equal keys meet in one task.
   *
   * @param type class of the keys; {@code equals} and {@code hashCode} must not change over time
   */
  <K> KeyedStream<K, T> keyBy(Class<K> type, KeySelector<? super T, ? extends K> key);

  /** The records of this stream and of others. */
  DataStream<T> union(DataStream<T> other);

  /** The records that the step which this stream leaves emits to a side output. */
  <R> DataStream<R> sideOutput(OutputTag<R> output);

  /** Spreads the records as a function of one's own says. */
  DataStream<T> partition(CustomPartitioner<? super T> partitioner);

  /** Spreads the records evenly over the tasks of the next step. */
  DataStream<T> shuffle();

  /** Gives each record to every task of the next step. */
  DataStream<T> broadcast();

  /** Ends the stream in a sink. */
  SinkStep to(Sink<? super T> sink);

  /** Names the step that this stream leaves; the name is shown everywhere and keeps its state. */
  DataStream<T> id(String id);

  /** Sets how many tasks run the step that this stream leaves. */
  DataStream<T> parallelism(int tasks);

  /** Says that the code of the step that this stream leaves may block; see {@link Blocking}. */
  DataStream<T> blocking();
}
