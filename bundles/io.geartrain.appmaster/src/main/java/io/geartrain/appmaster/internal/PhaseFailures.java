package io.geartrain.appmaster.internal;

import io.geartrain.protocol.Failure;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import java.time.Duration;

/** Why an application can't go on though no task failed. Stateless. */
final class PhaseFailures {
  /** The code of an executor's loss. */
  static final String LOST = "executor-lost";

  private PhaseFailures() {}

  /** Something took too long. */
  static Failure late(String application, String code, String what, Duration limit) {
    return Failure.of(
        code,
        "%s did not %s within %d s".formatted(application, what, limit.toSeconds()),
        "see the log of the node");
  }

  /** The scheduler has no place for a slice, and never will have. */
  static Failure rejected(Placement placement) {
    return Failure.of(
        "slots-rejected",
        "scheduler %s refused slice %d: %s"
            .formatted(placement.scheduler(), placement.slice(), placement.reason()),
        "lower the parallelism, or add workers");
  }

  /** An executor is gone that nobody had stopped. */
  static Failure lost(ExecutorTerminated gone) {
    return Failure.of(
        LOST,
        "executor %s on worker %s is gone: %s"
            .formatted(gone.executorId(), gone.workerId(), gone.reason()),
        "see the log of that worker's node, then submit again");
  }
}
