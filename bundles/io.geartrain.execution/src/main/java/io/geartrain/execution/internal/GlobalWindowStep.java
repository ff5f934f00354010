package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Watermark;
import io.geartrain.api.Windowed;
import io.geartrain.state.KeyGroupTable;

/**
 * Folds the records of each key over all time, and hands on the results when the input has ended.
 * On the task's thread.
 */
final class GlobalWindowStep extends FoldStep {
  /** The keys whose results have not left yet; null before the end. */
  private KeyGroupTable<Object, Object>.Walk results;

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
  boolean onEnd() throws Exception {
    if (results == null) {
      results = accumulators().walk();
    }
    boolean all =
        results.go(
            (k, hash, accumulator) -> {
              Object result = aggregator().result(accumulator);
              outlets()
                  .main()
                  .emit(new Windowed<>(k, Watermark.MIN, Watermark.MAX, result), Watermark.MAX - 1);
              return mayGoOn();
            });
    if (all) {
      accumulators().removeIf((k, accumulator) -> true);
    }
    return all;
  }
}
