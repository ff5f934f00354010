package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Keyed;

/** Folds the records of each key, and hands on each new value; on the task's thread. */
final class AggregateStep extends FoldStep {
  AggregateStep(
      Key key,
      Aggregator<Object, Object, Object> aggregator,
      TaskState state,
      Outlets outlets,
      FailureLatch failures) {
    super(key, aggregator, state, outlets, failures);
  }

  @Override
  void onFolded(Object k, Object accumulator, long timestamp) throws Exception {
    outlets().main().emit(new Keyed<>(k, aggregator().result(accumulator)), timestamp);
  }
}
