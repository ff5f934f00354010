package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Keyed;
import io.geartrain.channel.KeyGroup;
import io.geartrain.state.KeyGroupTable;
import io.geartrain.state.KeyedStates;
import java.util.function.Function;

/** Folds the records of each key, and hands on each new value; on the task's thread. */
final class AggregateStep extends UserStep {
  private final Key key;
  private final Aggregator<Object, Object, Object> aggregator;
  private final KeyedStates<Object> states;
  private final KeyGroupTable<Object, Object> accumulators;
  private final Function<Object, Object> create;

  AggregateStep(
      Key key,
      Aggregator<Object, Object, Object> aggregator,
      TaskState state,
      Outlets outlets,
      FailureLatch failures) {
    super(key.stepId(), outlets, failures);
    this.key = key;
    this.aggregator = aggregator;
    this.states = state.keyed(key.stepId());
    this.accumulators = states.table("accumulators", any -> any);
    this.create = k -> aggregator.create();
  }

  @Override
  void open() {
    states.seal();
  }

  @Override
  void snapshot(TaskSnapshot to) {
    to.keyed(id(), states);
  }

  @Override
  void onRecord(Object value, long timestamp) throws Exception {
    Object k = key.of(value);
    int hash = KeyGroup.spread(k);
    Object before = accumulators.updateOrCreate(k, hash, create);
    Object after = aggregator.add(before, value);
    if (after != before) {
      accumulators.put(k, hash, after);
    }
    outlets().main().emit(new Keyed<>(k, aggregator.result(after)), timestamp);
  }
}
