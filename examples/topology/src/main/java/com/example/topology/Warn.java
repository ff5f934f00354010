package com.example.topology;

import io.geartrain.api.Emitter;
import io.geartrain.api.KeyedContext;
import io.geartrain.api.KeyedProcessor;
import io.geartrain.api.ValueState;
import java.time.Duration;
import java.time.Instant;

/** Warns of a sensor, but only once within an hour of event time. */
final class Warn implements KeyedProcessor<String, Reading, String> {
  private static final long QUIET_MS = Duration.ofHours(1).toMillis();

  private KeyedContext<String> context;
  private ValueState<Long> lastWarning;

  @Override
  public void open(KeyedContext<String> given) {
    context = given;
    lastWarning = given.valueState("last-warning", Long.class);
  }

  @Override
  public void process(Reading reading, long timestamp, Emitter<String> out) {
    Long last = lastWarning.get();
    if (last == null || timestamp >= last + QUIET_MS) {
      lastWarning.set(timestamp);
      out.emit(Instant.ofEpochMilli(timestamp) + "\t" + context.key() + "\t" + reading.celsius());
    }
  }
}
