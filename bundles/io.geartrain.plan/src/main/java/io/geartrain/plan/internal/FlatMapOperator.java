package io.geartrain.plan.internal;

import io.geartrain.api.Emitter;
import io.geartrain.api.FlatMapFunction;
import io.geartrain.api.Processor;

/** Turns each record into any number of others; on the task's thread. */
final class FlatMapOperator<I, O> implements Processor<I, O> {
  private final FlatMapFunction<? super I, O> function;

  FlatMapOperator(FlatMapFunction<? super I, O> function) {
    this.function = function;
  }

  @Override
  public void process(I value, long timestamp, Emitter<O> out) throws Exception {
    function.flatMap(value, out);
  }
}
