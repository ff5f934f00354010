package io.geartrain.plan.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.DataStream;
import io.geartrain.api.KeySelector;
import io.geartrain.api.Keyed;
import io.geartrain.api.KeyedStream;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.api.WindowedStream;
import java.util.Objects;

/** A stream grouped by key; on the thread that runs the definition. */
final class Grouped<K, T> implements KeyedStream<K, T> {
  private final Stream<T> stream;
  private final KeySelector<? super T, ? extends K> key;

  Grouped(Stream<T> stream, KeySelector<? super T, ? extends K> key) {
    this.stream = stream;
    this.key = key;
  }

  @Override
  public WindowedStream<K, T> window(Window window) {
    Objects.requireNonNull(window, "window");
    return new GlobalWindowed();
  }

  @Override
  public <A, R> DataStream<Keyed<K, R>> aggregate(Aggregator<? super T, A, R> aggregator) {
    Objects.requireNonNull(aggregator, "aggregator");
    return stream.stateful(
        "aggregate", Keyed.class, key, () -> new RunningAggregate<>(key, aggregator));
  }

  private final class GlobalWindowed implements WindowedStream<K, T> {
    @Override
    public <A, R> DataStream<Windowed<K, R>> aggregate(Aggregator<? super T, A, R> aggregator) {
      Objects.requireNonNull(aggregator, "aggregator");
      return stream.stateful(
          "window", Windowed.class, key, () -> new GlobalAggregate<>(key, aggregator));
    }
  }
}
