package io.geartrain.protocol;

import java.time.Instant;
import java.util.List;

/**
 * What an app master tells of its application.
 *
 * @param applicationId which
 * @param epoch of the app master; a report of an older one is dropped
 * @param state where it is in its life
 * @param startedAt when its tasks began to run; null before
 * @param endedAt when it ended; null before
 * @param processors its steps; empty before the plan is known
 * @param edges its edges; empty before the plan is known
 * @param dag the graph drawn as text; empty before the plan is known
 * @param fingerprint of the plan; null before
 * @param failure why it failed, or null
 * @param checkpoints how its checkpoints and restarts stand
 * @param health how it does as a whole
 */
public record ApplicationStatus(
    String applicationId,
    long epoch,
    ApplicationState state,
    Instant startedAt,
    Instant endedAt,
    List<ProcessorStatus> processors,
    List<EdgeStatus> edges,
    String dag,
    String fingerprint,
    Failure failure,
    CheckpointStatus checkpoints,
    HealthStatus health) {
  /** Copies the lists; what an earlier version wrote down says less. */
  public ApplicationStatus {
    checkpoints = checkpoints == null ? CheckpointStatus.NONE : checkpoints;
    health = health == null ? HealthStatus.NONE : health;
    processors = List.copyOf(processors);
    edges = List.copyOf(edges);
  }

  /** Of an application of whose checkpoints and health nothing is known. */
  public ApplicationStatus(
      String applicationId,
      long epoch,
      ApplicationState state,
      Instant startedAt,
      Instant endedAt,
      List<ProcessorStatus> processors,
      List<EdgeStatus> edges,
      String dag,
      String fingerprint,
      Failure failure) {
    this(
        applicationId,
        epoch,
        state,
        startedAt,
        endedAt,
        processors,
        edges,
        dag,
        fingerprint,
        failure,
        CheckpointStatus.NONE,
        HealthStatus.NONE);
  }

  /** An edge: which steps it joins and how it spreads records. */
  public record EdgeStatus(String from, String to, String partitioner) {}
}
