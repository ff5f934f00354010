package io.geartrain.bench.data;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the records of one thread, and measures the rate between the end of the warm-up and the
 * end of the run, by the clock and by the CPU time of the process. The begin of the measurement is
 * rehearsed half-way through the warm-up: what is done for the first time is slow, for it makes the
 * JVM compile anew what it takes for well known.
 */
public final class Meter {
  /** The first half of the warm-up. */
  public static final int WARM_UP = 0;

  /** From the end of the warm-up. */
  public static final int MEASURING = 2;

  private final long warmUpNanos;
  private final long measureNanos;
  private long records;
  private long begun;
  private boolean running;
  private int stage = WARM_UP;
  private long measuredFrom;
  private long recordsBefore;
  private Duration cpuBefore = Duration.ZERO;
  private long measuredNanos = 1;
  private long measuredRecords;
  private Duration measuredCpu = Duration.ZERO;
  private final Timeline timeline;

  /** A meter that starts with the first record. */
  public Meter(Load load) {
    warmUpNanos = load.warmUpMs() * 1_000_000;
    measureNanos = load.measureMs() * 1_000_000;
    timeline = load.inPhases() ? new Timeline() : null;
  }

  /** Counts records; false if the time is up. */
  public boolean add(int number) {
    records += number;
    long now = System.nanoTime();
    if (timeline != null) {
      timeline.note(now, records);
    }
    if (!running) {
      running = true;
      begun = now;
    }
    if (stage < MEASURING && now - begun >= warmUpNanos / (MEASURING - stage)) {
      stage++;
      measuredFrom = now;
      recordsBefore = records;
      cpuBefore = cpu();
    }
    if (now - begun < warmUpNanos + measureNanos) {
      return true;
    }
    measuredNanos = now - measuredFrom;
    measuredRecords = records - recordsBefore;
    measuredCpu = cpu().minus(cpuBefore);
    return false;
  }

  /** {@link #WARM_UP}, {@link #MEASURING}, or between them. */
  public int stage() {
    return stage;
  }

  /** How many records there were. */
  public long records() {
    return records;
  }

  /** All figures. */
  public Map<String, String> figures() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("emitted", "" + records);
    all.put("measured", "" + measuredRecords);
    all.put("nanos", "" + measuredNanos);
    all.put("cpu-nanos", "" + measuredCpu.toNanos());
    if (timeline != null) {
      all.put("timeline", timeline.text());
    }
    return all;
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
