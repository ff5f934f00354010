package io.geartrain.master.internal;

import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.HealthStatus;
import io.geartrain.protocol.Placement;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What the master knows of one application; owned by {@link MasterState}. */
final class AppEntry {
  final ApplicationSpec spec;
  final Deque<Instant> relaunches = new ArrayDeque<>();
  final List<HeldReply> held = new ArrayList<>();

  ApplicationStatus status;

  /** When its app master may be launched; null once it was, or if it never will be. */
  Instant launchFrom;

  /** By when a launched app master has to show up; null once it did. */
  Instant launchedBy;

  /** The worker of its app master; null before the launch. */
  String workerId;

  /** Where its app master is reached; null before it told. */
  String address;

  /** How many slots it asked for; 0 before it asked. */
  int slices;

  /** True while it has asked for slots and has none. */
  boolean waiting;

  List<Placement> placement = List.of();
  String cancelledBy;
  Instant cancelBy;

  AppEntry(ApplicationSpec spec, ApplicationStatus status) {
    this.spec = spec;
    this.status = status;
  }

  String id() {
    return spec.id();
  }

  long epoch() {
    return status.epoch();
  }

  ApplicationState state() {
    return status.state();
  }

  boolean ended() {
    return status.state().isTerminal();
  }

  /** Whether a checkpoint of its own is known to stand. */
  boolean hasCheckpoint() {
    return status.checkpoints().last() > 0;
  }

  /** Whether it is to run: it has not ended, and nobody has asked for its end. */
  boolean mayRun() {
    return !ended() && status.state() != ApplicationState.CANCELLING;
  }

  /** True while slots of workers are its own. */
  boolean holdsSlots() {
    return !ended() && slices > 0 && !waiting && !placement.isEmpty();
  }

  long slotsOn(String worker) {
    return holdsSlots()
        ? placement.stream().filter(slice -> worker.equals(slice.workerId())).count()
        : 0;
  }

  ApplicationView view() {
    return new ApplicationView(spec, status, placement);
  }

  /** Forgets its app master and begins again under a new epoch. */
  void beginAgain(long epoch, Instant launch) {
    status = submitted(spec.id(), epoch);
    launchFrom = launch;
    launchedBy = null;
    workerId = null;
    address = null;
    slices = 0;
    waiting = false;
    placement = List.of();
  }

  static ApplicationStatus submitted(String id, long epoch) {
    return new ApplicationStatus(
        id, epoch, ApplicationState.SUBMITTED, null, null, List.of(), List.of(), "", null, null);
  }

  static ApplicationStatus with(
      ApplicationStatus status, ApplicationState state, Instant endedAt, Failure failure) {
    return new ApplicationStatus(
        status.applicationId(),
        status.epoch(),
        state,
        status.startedAt(),
        endedAt,
        status.processors(),
        status.edges(),
        status.dag(),
        status.fingerprint(),
        failure,
        status.checkpoints(),
        status.health());
  }

  /** What is not about single steps and tasks. */
  static ApplicationStatus withoutGraph(ApplicationStatus status) {
    return new ApplicationStatus(
        status.applicationId(),
        status.epoch(),
        status.state(),
        status.startedAt(),
        status.endedAt(),
        List.of(),
        List.of(),
        "",
        status.fingerprint(),
        status.failure(),
        status.checkpoints(),
        HealthStatus.NONE);
  }

  /** A client that waits for the plan of what it submitted. */
  record HeldReply(long token, Instant until) {}
}
