package io.geartrain.bench.run;

import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.ManyKeys;
import io.geartrain.bench.data.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * W6 with a large state: fills it, measures, takes a savepoint while events come at a fixed rate,
 * and starts another application from that.
 */
final class LargeState {
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * What such a run gave.
   *
   * @param filled the application that filled the state and made the savepoint
   * @param savepointMs how long the savepoint took, until it stood
   * @param restoreMs from the submission of the other application until its sink got a record
   * @param right whether the other one went on where the savepoint was made
   */
  record Result(Outcome filled, long savepointMs, long restoreMs, boolean right) {}

  private LargeState() {}

  static Result run(BenchNode node, Load load, Path jar) throws IOException {
    String id = node.submit(load, jar);
    while (!ManyKeys.paced(load.report())) {
      node.requireRunning(id);
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    LockSupport.parkNanos(CALM_NANOS);
    long savepointMs = node.savepoint(id);
    ManyKeys.tellSaved(load.report());
    node.awaitEnd(id, load);

    Path report = Files.createDirectory(load.report().resolveSibling(id + "-restored"));
    Load restored =
        new Load(load.workload(), load.warmUpMs(), load.measureMs(), load.lines(), report);
    long begun = System.currentTimeMillis();
    String other = node.submitFrom(id, restored, jar);
    node.awaitEnd(other, restored);
    long first = Long.MAX_VALUE;
    for (Map<String, String> sink : Report.read(report, "sink-")) {
      first = Math.min(first, Long.parseLong(sink.get("first-at")));
    }
    return new Result(
        Outcome.read(load), savepointMs, first - begun, Outcome.read(restored).right());
  }
}
