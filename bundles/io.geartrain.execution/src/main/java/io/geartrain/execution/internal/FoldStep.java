package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.channel.KeyHash;
import io.geartrain.state.KeyGroupTable;
import io.geartrain.state.KeyedStates;
import java.util.function.Function;

/** Keeps one accumulator for each key, as part of checkpoints; on the task's thread. */
abstract class FoldStep extends UserStep {
  private final Key key;
  private final KeyHash hashes = new KeyHash();
  private final Aggregator<Object, Object, Object> aggregator;
  private final KeyedStates<Object> states;
  private final KeyGroupTable<Object, Object> accumulators;
  private final Function<Object, Object> create;

  FoldStep(
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
  final void open() {
    guarded(() -> states.seal(id()));
  }

  @Override
  final void snapshot(TaskSnapshot to) {
    to.keyed(id(), states);
  }

  @Override
  final void onRecord(Object value, long timestamp) throws Exception {
    if (value instanceof Partial partial) {
      countIn(partial.records() - 1);
      fold(partial.key(), partial.hash(), partial.accumulator(), true, timestamp);
    } else {
      Object k = key.of(value);
      fold(k, hashes.applyAsInt(k), value, false, timestamp);
    }
  }

  private void fold(Object k, int hash, Object value, boolean merge, long timestamp)
      throws Exception {
    Object before = accumulators.updateOrCreate(k, hash, create);
    Object after = merge ? aggregator.merge(before, value) : aggregator.add(before, value);
    if (after != before) {
      accumulators.put(k, hash, after);
    }
    onFolded(k, after, timestamp);
  }

  /** A record was added to the accumulator of its key. */
  abstract void onFolded(Object k, Object accumulator, long timestamp) throws Exception;

  final Aggregator<Object, Object, Object> aggregator() {
    return aggregator;
  }

  final KeyGroupTable<Object, Object> accumulators() {
    return accumulators;
  }
}
