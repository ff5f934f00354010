package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Watermark;
import io.geartrain.api.Windowed;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Folds the records of each key over all time, and hands on the results when the input has ended.
 * On the task's thread.
 */
final class GlobalWindowStep extends UserStep {
  private final Key key;
  private final Aggregator<Object, Object, Object> aggregator;
  private final Map<Object, Object> accumulators = new HashMap<>();

  GlobalWindowStep(
      Key key,
      Aggregator<Object, Object, Object> aggregator,
      Outlets outlets,
      FailureLatch failures) {
    super(key.stepId(), outlets, failures);
    this.key = key;
    this.aggregator = aggregator;
  }

  @Override
  void onRecord(Object value, long timestamp) throws Exception {
    Object k = key.of(value);
    Object before = accumulators.get(k);
    Object after = aggregator.add(before == null ? aggregator.create() : before, value);
    if (after != before) {
      accumulators.put(k, after);
    }
  }

  @Override
  void onEnd() throws Exception {
    Iterator<Map.Entry<Object, Object>> left = accumulators.entrySet().iterator();
    while (left.hasNext()) {
      Map.Entry<Object, Object> entry = left.next();
      Object result = aggregator.result(entry.getValue());
      outlets()
          .main()
          .emit(
              new Windowed<>(entry.getKey(), Watermark.MIN, Watermark.MAX, result),
              Watermark.MAX - 1);
      left.remove();
    }
  }
}
