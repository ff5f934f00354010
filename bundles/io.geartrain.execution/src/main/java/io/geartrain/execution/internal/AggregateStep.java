package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Keyed;
import java.util.HashMap;
import java.util.Map;

/** Folds the records of each key, and hands on each new value; on the task's thread. */
final class AggregateStep extends UserStep {
  private final Key key;
  private final Aggregator<Object, Object, Object> aggregator;
  private final Map<Object, Object> accumulators = new HashMap<>();

  AggregateStep(
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
    outlets().main().emit(new Keyed<>(k, aggregator.result(after)), timestamp);
  }
}
