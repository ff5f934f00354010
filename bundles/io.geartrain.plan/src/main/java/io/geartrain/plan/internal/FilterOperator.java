package io.geartrain.plan.internal;

import io.geartrain.api.Emitter;
import io.geartrain.api.FilterFunction;
import io.geartrain.api.Processor;

/** Keeps the records for which the condition holds; on the task's thread. */
final class FilterOperator<T> implements Processor<T, T> {
  private final FilterFunction<? super T> condition;

  FilterOperator(FilterFunction<? super T> condition) {
    this.condition = condition;
  }

  @Override
  public void process(T value, long timestamp, Emitter<T> out) throws Exception {
    if (condition.keep(value)) {
      out.emit(value, timestamp);
    }
  }
}
