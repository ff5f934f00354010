package io.geartrain.bench.run;

import io.geartrain.bench.data.Lines;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.Report;
import io.geartrain.bench.data.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * W5: one run of W2, in which checkpoints are made each second for some seconds, then for some
 * none, and so on; so both are measured by the same process at almost the same time, and with as
 * many requests. Checkpoints are made in the warm-up too, for the first ones make the JVM compile
 * anew what they touch.
 */
final class CheckpointPhases {
  private static final long SECOND_MICROS = 1_000_000;

  private record Phase(boolean checkpoints, long fromMicros, long toMicros) {}

  private final List<Phase> phases = new ArrayList<>();

  /** Runs it; what came of it with checkpoints, and without. */
  List<Outcome> run(BenchNode node, Load load, Path jar) throws IOException {
    String id = node.submit(load, jar);
    node.awaitRunning(id);
    long begun = micros();
    long now = begun + load.warmUpMs() * 1_000;
    int asked = 0;
    for (long at = begun + SECOND_MICROS; at < now; at += SECOND_MICROS) {
      parkUntil(at);
      node.checkpoint(id);
      asked++;
    }
    int seconds = secondsOfPhase(load);
    for (long left = load.measureMs() / 1_000 - 1; left >= seconds; left -= seconds) {
      boolean checkpoints = phases.size() % 2 == 1;
      long from = now;
      for (int second = 0; second < seconds; second++) {
        parkUntil(now);
        if (checkpoints) {
          node.checkpoint(id);
          asked++;
        } else {
          node.look(id);
        }
        now += SECOND_MICROS;
      }
      phases.add(new Phase(checkpoints, from, now));
    }
    parkUntil(now);
    long made = node.checkpoints(id);
    node.awaitEnd(id, load);
    if (made < asked - 1) {
      throw new IOException("of " + asked + " checkpoints only " + made + " stand");
    }
    boolean right = Outcome.read(load).right();
    return List.of(outcome(load, true, right), outcome(load, false, right));
  }

  private static int secondsOfPhase(Load load) {
    return (int) Math.max(1, Math.min(3, load.measureMs() / 4_000));
  }

  private Outcome outcome(Load load, boolean checkpoints, boolean right) throws IOException {
    double records = 0;
    double micros = 0;
    for (var part : Report.read(load.report(), "source-")) {
      Timeline timeline = Timeline.of(part.get("timeline"));
      for (Phase phase : phases) {
        if (phase.checkpoints == checkpoints) {
          records += timeline.at(phase.toMicros) - timeline.at(phase.fromMicros);
        }
      }
    }
    for (Phase phase : phases) {
      micros += phase.checkpoints == checkpoints ? phase.toMicros - phase.fromMicros : 0;
    }
    double perSecond = records * Lines.WORDS / micros * SECOND_MICROS;
    return new Outcome(perSecond, Double.NaN, null, null, right);
  }

  private static long micros() {
    return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
  }

  private static void parkUntil(long micros) {
    for (long left = micros - micros(); left > 0; left = micros - micros()) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(left));
    }
  }
}
