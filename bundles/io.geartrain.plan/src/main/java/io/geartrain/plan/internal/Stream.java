package io.geartrain.plan.internal;

import io.geartrain.api.Blocking;
import io.geartrain.api.CustomPartitioner;
import io.geartrain.api.DataStream;
import io.geartrain.api.DefinitionException;
import io.geartrain.api.FilterFunction;
import io.geartrain.api.FlatMapFunction;
import io.geartrain.api.KeySelector;
import io.geartrain.api.KeyedStream;
import io.geartrain.api.MapFunction;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Partitioner;
import io.geartrain.api.ProcessorSupplier;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkStep;
import io.geartrain.api.Topology.KeyDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The stream that leaves a step, or several steps together; on the thread that runs the definition.
 */
class Stream<T> implements DataStream<T> {
  private final StreamGraph graph;
  private final List<Step.Input> inputs;
  private final Class<?> type;

  /**
   * A stream.
   *
   * @param inputs where it comes from, and how it reaches the next step
   * @param type class of its records
   */
  private Stream(StreamGraph graph, List<Step.Input> inputs, Class<?> type) {
    this.graph = graph;
    this.inputs = List.copyOf(inputs);
    this.type = type;
  }

  /** The main output of a step. */
  Stream(StreamGraph graph, Step step, Class<?> type) {
    this(graph, List.of(new Step.Input(Step.Origin.main(step), null)), type);
  }

  @Override
  public <R> DataStream<R> map(Class<R> to, MapFunction<? super T, ? extends R> function) {
    Objects.requireNonNull(function, "function");
    return processor("map", to, () -> new MapOperator<>(function), function);
  }

  @Override
  public DataStream<T> filter(FilterFunction<? super T> condition) {
    Objects.requireNonNull(condition, "condition");
    return processor("filter", type, () -> new FilterOperator<T>(condition), condition);
  }

  @Override
  public <R> DataStream<R> flatMap(Class<R> to, FlatMapFunction<? super T, R> function) {
    Objects.requireNonNull(function, "function");
    return processor("flatMap", to, () -> new FlatMapOperator<>(function), function);
  }

  @Override
  public <R> DataStream<R> process(Class<R> to, ProcessorSupplier<? super T, R> processor) {
    Objects.requireNonNull(processor, "processor");
    return new Stream<>(graph, step("process", to, processor, true), to);
  }

  @Override
  public <K> KeyedStream<K, T> keyBy(Class<K> keyType, KeySelector<? super T, ? extends K> key) {
    Objects.requireNonNull(keyType, "type");
    Objects.requireNonNull(key, "key");
    return new Grouped<>(this, new KeyDefinition<>(keyType, key));
  }

  @Override
  public DataStream<T> union(DataStream<T> other) {
    Stream<T> that = (Stream<T>) other;
    if (that.graph != graph) {
      throw new DefinitionException("the streams of a union belong to two definitions");
    }
    List<Step.Input> all = new ArrayList<>(inputs);
    all.addAll(that.inputs);
    return new Stream<>(graph, all, type);
  }

  @Override
  public <R> DataStream<R> sideOutput(OutputTag<R> output) {
    Step.Origin origin = new Step.Origin(step("read a side output of"), output.id());
    graph.types(output.type());
    return new Stream<>(graph, List.of(new Step.Input(origin, null)), output.type());
  }

  @Override
  public DataStream<T> partition(CustomPartitioner<? super T> partitioner) {
    return by(Partitioner.custom(Objects.requireNonNull(partitioner, "partitioner")));
  }

  @Override
  public DataStream<T> shuffle() {
    return by(Partitioner.shuffle());
  }

  @Override
  public DataStream<T> broadcast() {
    return by(Partitioner.broadcast());
  }

  @Override
  public SinkStep to(Sink<? super T> sink) {
    Objects.requireNonNull(sink, "sink");
    Step end = graph.add("sink", inputs, (to, id, tasks) -> to.sink(id, sink, tasks), false);
    if (sink.preferredParallelism() > 0) {
      end.parallelism(sink.preferredParallelism());
    }
    return new End(end);
  }

  @Override
  public DataStream<T> id(String id) {
    step("name").id(id);
    return this;
  }

  @Override
  public DataStream<T> parallelism(int tasks) {
    step("size").parallelism(tasks);
    return this;
  }

  @Override
  public DataStream<T> blocking() {
    step("tell how it behaves, of").blocking();
    return this;
  }

  /** Adds a step that keeps state, behind edges by key. */
  <R> Stream<R> stateful(
      String kind, Class<?> to, KeyDefinition<T, ?> key, Step.VertexAdder vertex) {
    List<Step.Input> hashed = by(Partitioner.hash(key.selector())).inputs;
    return new Stream<>(graph, graph.add(kind, hashed, vertex, true), to);
  }

  /** Adds a step without state, which calls a function of the user's. */
  <R> Stream<R> processor(
      String kind, Class<?> to, ProcessorSupplier<? super T, R> processor, Object function) {
    Step step = step(kind, to, new Stateless<>(processor), false);
    if (function.getClass().isAnnotationPresent(Blocking.class)) {
      step.blocking();
    }
    return new Stream<>(graph, step, to);
  }

  private Step step(
      String kind, Class<?> to, ProcessorSupplier<? super T, ?> processor, boolean stateful) {
    Objects.requireNonNull(to, "type");
    Step.VertexAdder vertex = (into, id, tasks) -> into.processor(id, processor, to, tasks);
    return graph.add(kind, inputs, vertex, stateful);
  }

  private Stream<T> by(Partitioner<?> partitioner) {
    return new Stream<>(
        graph, inputs.stream().map(i -> new Step.Input(i.origin(), partitioner)).toList(), type);
  }

  /** Takes the steps of another stream as parts of the step which this one leaves. */
  Stream<T> consistingOf(Stream<?> part) {
    part.inputs.forEach(input -> step("name").consistsOf(input.origin().step()));
    return this;
  }

  private Step step(String purpose) {
    if (inputs.size() != 1) {
      throw new DefinitionException(
          "a union is no step of its own: can't " + purpose + " it; do so with its parts");
    }
    return inputs.get(0).origin().step();
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

    @Override
    public SinkStep blocking() {
      step.blocking();
      return this;
    }
  }
}
