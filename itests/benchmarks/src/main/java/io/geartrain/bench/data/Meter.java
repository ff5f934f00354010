package io.geartrain.bench.data;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the records of one thread, and measures the rate between the end of the warm-up and the
 * end of the run, by the clock and by the CPU time of the process.
 */
public final class Meter {
  private final long warmUpNanos;
  private final long measureNanos;
  private long records;
  private long begun;
  private boolean running;
  private boolean measuring;
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
    if (!measuring && now - begun >= warmUpNanos) {
      measuring = true;
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

  /** Whether the warm-up is over. */
  public boolean measuring() {
    return measuring;
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
