package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Watermark;
import io.geartrain.api.Windowed;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds the records of each key over all time, and hands on the results when the input has ended.
 * On the task's thread.
 */
final class GlobalWindowStep extends FoldStep {
  GlobalWindowStep(
      Key key,
      Aggregator<Object, Object, Object> aggregator,
      TaskState state,
      Outlets outlets,
      FailureLatch failures) {
    super(key, aggregator, state, outlets, failures);
  }

  @Override
  void onFolded(Object k, Object accumulator, long timestamp) {}

  @Override
  void onEnd() throws Exception {
    List<Windowed<Object, Object>> all = new ArrayList<>();
    accumulators()
        .forEach(
            (k, hash, accumulator) ->
                all.add(new Windowed<>(k, Watermark.MIN, Watermark.MAX, accumulator)));
    accumulators().removeIf((k, accumulator) -> true);
    for (Windowed<Object, Object> window : all) {
      Object result = aggregator().result(window.value());
      outlets()
          .main()
          .emit(
              new Windowed<>(window.key(), window.start(), window.end(), result),
              Watermark.MAX - 1);
    }
  }
}
