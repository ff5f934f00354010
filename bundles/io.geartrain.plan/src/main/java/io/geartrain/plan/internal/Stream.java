package io.geartrain.plan.internal;

import io.geartrain.api.DataStream;
import io.geartrain.api.FilterFunction;
import io.geartrain.api.FlatMapFunction;
import io.geartrain.api.KeySelector;
import io.geartrain.api.KeyedStream;
import io.geartrain.api.MapFunction;
import io.geartrain.api.Partitioner;
import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorSupplier;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkStep;
import java.util.Objects;
import java.util.function.Supplier;

/** The stream that leaves a step; on the thread that runs the definition. */
final class Stream<T> implements DataStream<T> {
  private final StreamGraph graph;
  private final Step step;
  private final Class<?> type;
  private final Partitioner<?> next;

  /**
   * The stream that leaves a step.
   *
   * @param type class of its records
   * @param next how its records reach the next step; null if nothing was said
   */
  Stream(StreamGraph graph, Step step, Class<?> type, Partitioner<?> next) {
    this.graph = graph;
    this.step = step;
    this.type = type;
    this.next = next;
  }

  @Override
  public <R> DataStream<R> map(Class<R> type, MapFunction<? super T, ? extends R> function) {
    Objects.requireNonNull(function, "function");
    return step("map", type, () -> new MapOperator<>(function));
  }

  @Override
  public DataStream<T> filter(FilterFunction<? super T> condition) {
    Objects.requireNonNull(condition, "condition");
    return step("filter", type, () -> new FilterOperator<T>(condition));
  }

  @Override
  public <R> DataStream<R> flatMap(Class<R> type, FlatMapFunction<? super T, R> function) {
    Objects.requireNonNull(function, "function");
    return step("flatMap", type, () -> new FlatMapOperator<>(function));
  }

  @Override
  public <R> DataStream<R> process(Class<R> type, ProcessorSupplier<? super T, R> processor) {
    Objects.requireNonNull(processor, "processor");
    return add("process", type, next, processor, false);
  }

  @Override
  public <K> KeyedStream<K, T> keyBy(Class<K> type, KeySelector<? super T, ? extends K> key) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(key, "key");
    return new Grouped<>(this, key);
  }

  @Override
  public DataStream<T> shuffle() {
    return new Stream<>(graph, step, type, Partitioner.shuffle());
  }

  @Override
  public DataStream<T> broadcast() {
    return new Stream<>(graph, step, type, Partitioner.broadcast());
  }

  @Override
  public SinkStep to(Sink<? super T> sink) {
    Objects.requireNonNull(sink, "sink");
    Step end = graph.add("sink", step, next, (to, id, tasks) -> to.sink(id, sink, tasks), false);
    if (sink.preferredParallelism() > 0) {
      end.parallelism(sink.preferredParallelism());
    }
    return new End(end);
  }

  @Override
  public DataStream<T> id(String id) {
    step.id(id);
    return this;
  }

  @Override
  public DataStream<T> parallelism(int tasks) {
    step.parallelism(tasks);
    return this;
  }

  /** Adds a step that keeps state, behind an edge by key. */
  <R> DataStream<R> stateful(
      String kind,
      Class<?> type,
      KeySelector<? super T, ?> key,
      Supplier<Processor<T, R>> processor) {
    ProcessorSupplier<T, R> supplier = processor::get;
    return add(kind, type, Partitioner.hash(key), supplier, true);
  }

  private <R> DataStream<R> step(
      String kind, Class<?> type, ProcessorSupplier<? super T, R> processor) {
    return add(kind, type, next, processor, false);
  }

  private <R> DataStream<R> add(
      String kind,
      Class<?> type,
      Partitioner<?> partitioner,
      ProcessorSupplier<? super T, R> processor,
      boolean stateful) {
    Objects.requireNonNull(type, "type");
    Step.VertexAdder vertex = (to, id, tasks) -> to.processor(id, processor, type, tasks);
    return new Stream<>(graph, graph.add(kind, step, partitioner, vertex, stateful), type, null);
  }

  /** The end of a stream. */
  private record End(Step step) implements SinkStep {
    @Override
    public SinkStep id(String id) {
      step.id(id);
      return this;
    }

    @Override
    public SinkStep parallelism(int tasks) {
      step.parallelism(tasks);
      return this;
    }
  }
}
