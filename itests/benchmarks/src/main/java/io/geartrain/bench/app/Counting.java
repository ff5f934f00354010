package io.geartrain.bench.app;

import io.geartrain.api.Emitter;
import io.geartrain.api.KeyedContext;
import io.geartrain.api.KeyedProcessor;
import io.geartrain.api.ValueState;
import io.geartrain.bench.data.Event;

/** Counts the events of each key; on the task's thread. */
final class Counting implements KeyedProcessor<Integer, Event, Update> {
  private ValueState<Long> count;

  @Override
  public void open(KeyedContext<Integer> context) {
    count = context.valueState("count", Long.class);
  }

  @Override
  public void process(Event event, long timestamp, Emitter<Update> out) {
    Long before = count.get();
    long now = before == null ? 1 : before + 1;
    count.set(now);
    out.emit(new Update(event, now));
  }
}
