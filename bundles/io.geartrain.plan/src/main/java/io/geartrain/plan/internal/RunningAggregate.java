package io.geartrain.plan.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Emitter;
import io.geartrain.api.KeySelector;
import io.geartrain.api.Keyed;
import io.geartrain.api.Processor;

/** Folds the records of each key, hands on each new value; on the task's thread. */
final class RunningAggregate<K, T, A, R> implements Processor<T, Keyed<K, R>> {
  private final Aggregator<? super T, A, R> aggregator;
  private final Accumulators<K, T, A> accumulators;

  RunningAggregate(
      KeySelector<? super T, ? extends K> key, Aggregator<? super T, A, R> aggregator) {
    this.aggregator = aggregator;
    this.accumulators = new Accumulators<>(key, aggregator);
  }

  @Override
  public void process(T value, long timestamp, Emitter<Keyed<K, R>> out) throws Exception {
    A accumulator = accumulators.add(value);
    out.emit(new Keyed<>(accumulators.key(), aggregator.result(accumulator)), timestamp);
  }
}
