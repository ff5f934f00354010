package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.AppMasterDecision.TellMaster;
import io.geartrain.codec.TypeDictionary;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedChain;
import io.geartrain.plan.PlannedEdge;
import io.geartrain.plan.PlannedProcessor;
import io.geartrain.plan.PlannedProcessor.Kind;
import io.geartrain.plan.Routing;
import io.geartrain.protocol.AppMasterToMaster.StatusReport;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.spi.BundleDescription;
import io.geartrain.state.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Data for the tests. */
final class Samples {
  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  static final CheckpointLimits CHECKPOINTS =
      new CheckpointLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ZERO, 2);

  static final CheckpointLimits NO_CHECKPOINTS =
      new CheckpointLimits(Duration.ZERO, Duration.ofSeconds(60), Duration.ZERO, 2);

  static final RecoveryPolicy.Limits NO_RESTARTS =
      new RecoveryPolicy.Limits(0, Duration.ofSeconds(60), Duration.ofMillis(100));

  static final CheckpointLog.Found NOTHING_FOUND =
      new CheckpointLog.Found(Optional.empty(), 0, false);

  static final RecoveryPolicy.Limits RECOVERY =
      new RecoveryPolicy.Limits(3, Duration.ofSeconds(60), Duration.ofMillis(100));

  static final ApplicationSpec SPEC =
      new ApplicationSpec(
          "count-1a2b",
          "count",
          new BundleDescription("com.example.count", "1.0.0", "ab".repeat(32), List.of()),
          "com.example.Count",
          Map.of(),
          null,
          "admin",
          T0);

  private Samples() {}

  /** Lines hashed to a counting sink: two chains, both of this parallelism. */
  static ExecutionPlan plan(int parallelism) {
    return new ExecutionPlan(
        "count",
        1024,
        List.of(
            new PlannedProcessor("lines", Kind.SOURCE, parallelism, 0, "java.lang.String", false),
            new PlannedProcessor("out", Kind.SINK, parallelism, 1, "", false)),
        List.of(new PlannedEdge(0, "lines", "main", "out", Routing.HASH, false, false)),
        List.of(
            new PlannedChain(0, List.of("lines"), parallelism, false),
            new PlannedChain(1, List.of("out"), parallelism, false)),
        TypeDictionary.EMPTY,
        Map.of(),
        "f".repeat(64));
  }

  /** What is written down of a checkpoint that nobody asked for. */
  static StandingCheckpoint record(Manifest of) {
    return new StandingCheckpoint(
        of.application(),
        of.checkpoint(),
        of.name(),
        T0,
        5,
        0,
        of.fingerprint(),
        null,
        null,
        false);
  }

  /** What the master was told last. */
  static ApplicationStatus lastReport(List<AppMasterDecision> decisions) {
    return decisions.stream()
        .filter(TellMaster.class::isInstance)
        .map(d -> ((TellMaster) d).message())
        .filter(StatusReport.class::isInstance)
        .map(m -> ((StatusReport) m).status())
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  static Placement assign(int slice, String worker) {
    return new Placement(
        slice, Placement.Kind.ASSIGN, worker, "address-of-" + worker, "most free slots", "spread");
  }

  static Placement waits(int slice) {
    return new Placement(slice, Placement.Kind.WAIT, null, null, "no slot is free", "spread");
  }

  static Placement rejects(int slice) {
    return new Placement(slice, Placement.Kind.REJECT, null, null, "no such label", "spread");
  }
}
