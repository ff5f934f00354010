package io.geartrain.plan.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.DataStream;
import io.geartrain.api.DefinitionException;
import io.geartrain.api.JoinFunction;
import io.geartrain.api.Keyed;
import io.geartrain.api.KeyedProcessorSupplier;
import io.geartrain.api.KeyedStream;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Topology.KeyDefinition;
import io.geartrain.api.Topology.Windowing;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.api.WindowedStream;
import java.time.Duration;
import java.util.Objects;

/** A stream grouped by key; on the thread that runs the definition. */
final class Grouped<K, T> implements KeyedStream<K, T> {
  private final Stream<T> stream;
  private final KeyDefinition<T, K> key;

  Grouped(Stream<T> stream, KeyDefinition<T, K> key) {
    this.stream = stream;
    this.key = key;
  }

  @Override
  public WindowedStream<K, T> window(Window window) {
    return new Cut(new Windowing<>(Objects.requireNonNull(window, "window"), 0, null));
  }

  @Override
  public <A, R> DataStream<Keyed<K, R>> aggregate(Aggregator<? super T, A, R> aggregator) {
    Objects.requireNonNull(aggregator, "aggregator");
    return stream.stateful(
        "aggregate",
        Keyed.class,
        key,
        (to, id, tasks) -> to.aggregate(id, key, aggregator, null, tasks));
  }

  @Override
  public <R> DataStream<R> process(
      Class<R> type, KeyedProcessorSupplier<K, ? super T, R> processor) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(processor, "processor");
    return stream.stateful(
        "process", type, key, (to, id, tasks) -> to.keyed(id, key, processor, type, tasks));
  }

  @Override
  public <U, R> DataStream<R> windowJoin(
      KeyedStream<K, U> other,
      Window window,
      Class<R> type,
      JoinFunction<? super T, ? super U, ? extends R> function) {
    Objects.requireNonNull(function, "function");
    return WindowJoin.of(this, (Grouped<K, U>) other, window, type, function);
  }

  Stream<T> stream() {
    return stream;
  }

  KeyDefinition<T, K> key() {
    return key;
  }

  /** The stream cut into windows. */
  private final class Cut implements WindowedStream<K, T> {
    private final Windowing<T> windowing;

    Cut(Windowing<T> windowing) {
      this.windowing = windowing;
    }

    @Override
    public WindowedStream<K, T> allowedLateness(Duration lateness) {
      if (lateness.isNegative()) {
        throw new DefinitionException("the allowed lateness must not be negative: " + lateness);
      }
      return new Cut(
          new Windowing<>(windowing.window(), lateness.toMillis(), windowing.lateOutput()));
    }

    @Override
    public WindowedStream<K, T> lateTo(OutputTag<T> output) {
      return new Cut(
          new Windowing<>(
              windowing.window(),
              windowing.latenessMs(),
              Objects.requireNonNull(output, "output")));
    }

    @Override
    public <A, R> DataStream<Windowed<K, R>> aggregate(Aggregator<? super T, A, R> aggregator) {
      Objects.requireNonNull(aggregator, "aggregator");
      return stream.stateful(
          "window",
          Windowed.class,
          key,
          (to, id, tasks) -> to.aggregate(id, key, aggregator, windowing, tasks));
    }
  }
}
