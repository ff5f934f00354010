package io.geartrain.plan.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Emitter;
import io.geartrain.api.KeySelector;
import io.geartrain.api.Processor;
import io.geartrain.api.Watermark;
import io.geartrain.api.Windowed;
import java.util.Iterator;
import java.util.Map;

/** Folds the records of each key over all time, hands on the results at the end of time. */
final class GlobalAggregate<K, T, A, R> implements Processor<T, Windowed<K, R>> {
  private final Aggregator<? super T, A, R> aggregator;
  private final Accumulators<K, T, A> accumulators;

  GlobalAggregate(KeySelector<? super T, ? extends K> key, Aggregator<? super T, A, R> aggregator) {
    this.aggregator = aggregator;
    this.accumulators = new Accumulators<>(key, aggregator);
  }

  @Override
  public void process(T value, long timestamp, Emitter<Windowed<K, R>> out) throws Exception {
    accumulators.add(value);
  }

  @Override
  public void onWatermark(long watermark, Emitter<Windowed<K, R>> out) throws Exception {
    if (watermark != Watermark.MAX) {
      return;
    }
    Iterator<Map.Entry<K, A>> left = accumulators.byKey().entrySet().iterator();
    while (left.hasNext()) {
      Map.Entry<K, A> entry = left.next();
      R result = aggregator.result(entry.getValue());
      out.emit(
          new Windowed<>(entry.getKey(), Watermark.MIN, Watermark.MAX, result), Watermark.MAX - 1);
      left.remove();
    }
  }
}
