package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Watermark;
import io.geartrain.api.Windowed;
import io.geartrain.channel.KeyGroup;
import io.geartrain.state.KeyGroupTable;
import io.geartrain.state.KeyedStates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Folds the records of each key over all time, and hands on the results when the input has ended.
 * On the task's thread.
 */
final class GlobalWindowStep extends UserStep {
  private final Key key;
  private final Aggregator<Object, Object, Object> aggregator;
  private final KeyedStates<Object> states;
  private final KeyGroupTable<Object, Object> accumulators;
  private final Function<Object, Object> create;

  GlobalWindowStep(
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
  }

  @Override
  void onEnd() throws Exception {
    List<Windowed<Object, Object>> all = new ArrayList<>();
    accumulators.forEach(
        (k, hash, accumulator) ->
            all.add(new Windowed<>(k, Watermark.MIN, Watermark.MAX, accumulator)));
    accumulators.removeIf((k, accumulator) -> true);
    for (Windowed<Object, Object> window : all) {
      Object result = aggregator.result(window.value());
      outlets()
          .main()
          .emit(
              new Windowed<>(window.key(), window.start(), window.end(), result),
              Watermark.MAX - 1);
    }
  }
}
