package com.example.topology;

import io.geartrain.api.Emitter;
import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorContext;

/** Lets only those readings pass that are hotter than the setting {@code limit}, in °C. */
final class Check implements Processor<Reading, Reading> {
  private long limit;

  @Override
  public void open(ProcessorContext context) {
    limit = context.settings().getLong("limit", 60);
  }

  @Override
  public void process(Reading reading, long timestamp, Emitter<Reading> out) {
    if (reading.celsius() > limit) {
      out.emit(reading);
    }
  }
}
