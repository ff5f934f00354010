package io.geartrain.console.rest.internal;

import io.geartrain.protocol.AuditStatus;
import io.geartrain.protocol.ClockStatus;
import io.geartrain.protocol.LatencyStatus;
import io.geartrain.protocol.StallStatus;
import java.util.List;

/** The parts of an application's document that tell how it does. Stateless. */
public final class Health {
  private Health() {}

  /** What became of the records that crossed channels. */
  public record Audit(long audited, long lost, long duplicated) {}

  /** Where an application is in event time. */
  public record Clock(
      Long watermark,
      Long newest,
      Long lagMs,
      String heldBy,
      String waiting,
      String stalled,
      String stalledSince) {}

  /** A task that does not come back from the application's code. */
  public record Stall(String task, String since, String place, String stackTrace) {}

  /** The tasks that do not; {@code longest} has not all of them if there are many. */
  public record Stalls(int tasks, List<Stall> longest) {}

  /** How long records take on their way to a step, in µs. */
  public record Latency(double p50Us, double p99Us, double maxUs) {}

  static Latency latency(LatencyStatus status) {
    return status == null
        ? null
        : new Latency(status.p50Nanos() / 1e3, status.p99Nanos() / 1e3, status.maxNanos() / 1e3);
  }

  static Audit audit(AuditStatus status) {
    return status == null ? null : new Audit(status.audited(), status.lost(), status.duplicated());
  }

  static Clock clock(ClockStatus status) {
    return new Clock(
        status.watermark(),
        status.newest(),
        status.lagMs(),
        status.heldBy(),
        switch (status.waiting()) {
          case NO -> null;
          case FOR_INPUT -> "input";
          case FOR_CREDIT -> "credit";
        },
        status.stalled(),
        status.stalledSince() == null ? null : status.stalledSince().toString());
  }

  static Stalls stalls(StallStatus status) {
    return new Stalls(
        status.tasks(),
        status.longest().stream()
            .map(s -> new Stall(s.task(), s.since().toString(), s.place(), s.stackTrace()))
            .toList());
  }
}
