package io.geartrain.plan.internal;

import io.geartrain.api.Emitter;
import io.geartrain.api.MapFunction;
import io.geartrain.api.Processor;

/** Turns each record into one other; on the task's thread. */
final class MapOperator<I, O> implements Processor<I, O> {
  private final MapFunction<? super I, ? extends O> function;

  MapOperator(MapFunction<? super I, ? extends O> function) {
    this.function = function;
  }

  @Override
  public void process(I value, long timestamp, Emitter<O> out) throws Exception {
    out.emit(function.map(value), timestamp);
  }
}
