package com.example.topology;

import io.geartrain.api.Emitter;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads {@code instant sensor celsius}; lines that are something else go to a side output. */
final class Parse implements Processor<String, Reading> {
  static final OutputTag<String> REJECTED = new OutputTag<>("rejected", String.class);

  private ProcessorContext context;

  @Override
  public void open(ProcessorContext given) {
    context = given;
  }

  @Override
  public void process(String line, long timestamp, Emitter<Reading> out) {
    Reading reading = parse(line);
    if (reading == null) {
      context.output(REJECTED).emit(line);
    } else {
      out.emit(reading, reading.timeMs());
    }
  }

  private static Reading parse(String line) {
    String[] fields = line.split(" ");
    if (fields.length != 3) {
      return null;
    }
    try {
      long timeMs = Instant.parse(fields[0]).toEpochMilli();
      return new Reading(timeMs, fields[1], Double.parseDouble(fields[2]));
    } catch (DateTimeParseException | NumberFormatException e) {
      return null;
    }
  }
}
