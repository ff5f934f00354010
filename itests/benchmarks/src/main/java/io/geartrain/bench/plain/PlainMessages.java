package io.geartrain.bench.plain;

import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.Messages;
import io.geartrain.bench.data.Meter;
import io.geartrain.bench.data.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** W1: two threads and a ring of batches; W1c: two threads that each do all. */
final class PlainMessages {
  private static final int BATCH = 1024;
  private static final int BATCHES = 16;

  private PlainMessages() {}

  static void handOver(Load load) throws Exception {
    Ring<byte[][]> full = new Ring<>(BATCHES);
    Ring<byte[][]> empty = new Ring<>(BATCHES);
    for (int i = 0; i < BATCHES; i++) {
      empty.put(i, new byte[BATCH][]);
    }
    Thread consumer = new Thread(() -> consume(load, full, empty));
    consumer.start();
    Meter meter = new Meter(load);
    produce(meter, full, empty);
    consumer.join();
    Report.write(load.report(), "source-0", meter.figures());
  }

  /** The end is an array of no messages. */
  private static void produce(Meter meter, Ring<byte[][]> full, Ring<byte[][]> empty) {
    byte[][] messages = Messages.create();
    int from = 0;
    long at = 0;
    boolean more = true;
    while (more) {
      byte[][] batch = empty.take(at);
      for (int i = 0; i < batch.length; i++) {
        batch[i] = messages[from + i & Messages.COUNT - 1];
      }
      from += batch.length;
      full.put(at++, batch);
      more = meter.add(BATCH);
    }
    full.put(at, new byte[0][]);
  }

  private static void consume(Load load, Ring<byte[][]> full, Ring<byte[][]> empty) {
    long records = 0;
    long sum = 0;
    for (long at = 0; ; at++) {
      byte[][] batch = full.take(at);
      if (batch.length == 0) {
        break;
      }
      for (byte[] message : batch) {
        sum += Messages.read(message);
      }
      records += batch.length;
      empty.put(at + BATCHES, batch);
    }
    write(load, 0, records, sum);
  }

  static void fused(Load load) throws Exception {
    Thread other = new Thread(() -> readAll(load, 1));
    other.start();
    readAll(load, 0);
    other.join();
  }

  private static void readAll(Load load, int thread) {
    byte[][] messages = Messages.create();
    Meter meter = new Meter(load);
    long sum = 0;
    do {
      for (byte[] message : messages) {
        sum += Messages.read(message);
      }
    } while (meter.add(messages.length));
    try {
      Report.write(load.report(), "source-" + thread, meter.figures());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(load, thread, meter.records(), sum);
  }

  private static void write(Load load, int thread, long records, long sum) {
    try {
      Report.write(
          load.report(), "sink-" + thread, Map.of("records", "" + records, "sum", "" + sum));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
