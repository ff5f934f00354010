package io.geartrain.cli.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * The answers of the REST interface as far as the command line reads them. Fields that the node
 * does not send are null, zero or empty.
 */
public final class Model {
  private Model() {}

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }

  private static <K, V> Map<K, V> orEmpty(Map<K, V> map) {
    return map == null ? Map.of() : map;
  }

  /** Version of a node. */
  public record Version(String version, String java, String startedAt) {}

  /** Whether a node can take work. */
  public record Readiness(boolean ready, List<Check> checks) {
    public Readiness {
      checks = orEmpty(checks);
    }
  }

  /** One condition of readiness. */
  public record Check(String name, boolean ok, String detail) {}

  /** All nodes of the cluster. */
  public record Nodes(List<Node> nodes) {
    public Nodes {
      nodes = orEmpty(nodes);
    }
  }

  /** A node: one process with roles. */
  public record Node(
      String id,
      String address,
      List<String> roles,
      boolean leader,
      Worker worker,
      String java,
      long pid,
      String startedAt) {
    public Node {
      roles = orEmpty(roles);
    }
  }

  /** What a node with the role of a worker offers. */
  public record Worker(int slots, int freeSlots, Map<String, String> labels) {
    public Worker {
      labels = orEmpty(labels);
    }
  }

  /** All applications. */
  public record Apps(List<App> apps) {
    public Apps {
      apps = orEmpty(apps);
    }
  }

  /** How an application's checkpoints and restarts stand. */
  public record Checkpoints(
      long last,
      String lastAt,
      long durationMs,
      long bytes,
      long completed,
      long failed,
      String problem,
      long restoredFrom,
      int restarts,
      String lastFailure) {}

  /** The checkpoints of an application. */
  public record CheckpointList(List<Checkpoint> checkpoints) {
    public CheckpointList {
      checkpoints = orEmpty(checkpoints);
    }
  }

  /** Savepoints. */
  public record Savepoints(List<Checkpoint> savepoints) {
    public Savepoints {
      savepoints = orEmpty(savepoints);
    }
  }

  /** A checkpoint or savepoint. */
  public record Checkpoint(
      String application,
      long number,
      String kind,
      String state,
      String at,
      long durationMs,
      long bytes,
      String fingerprint,
      String label,
      String principal,
      String problem) {
    public Checkpoint {
      state = state == null ? "UNKNOWN" : state;
    }

    /** How commands name it. */
    public String name() {
      return application + "/" + number;
    }

    public boolean stands() {
      return state.equals("STANDING");
    }

    public boolean failed() {
      return state.equals("FAILED");
    }
  }

  /** What a savepoint is to be called. */
  public record SavepointWish(String label) {}

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
  public record Stalls(int tasks, List<Stall> longest) {
    public Stalls {
      longest = orEmpty(longest);
    }
  }

  /** An application, in short or with all details. */
  public record App(
      String id,
      String name,
      String state,
      BundleRef bundle,
      String submittedAt,
      String startedAt,
      String endedAt,
      long recordsIn,
      long recordsOut,
      double inPerSecond,
      Map<String, String> settings,
      String scheduler,
      String principal,
      List<Processor> processors,
      List<Edge> edges,
      String dag,
      List<Placement> placement,
      Failure failure,
      String fingerprint,
      String from,
      Checkpoints checkpoints,
      Audit audit,
      Clock clock,
      Stalls stalls) {
    public App {
      stalls = stalls == null ? new Stalls(0, List.of()) : stalls;
      state = state == null ? "UNKNOWN" : state;
      settings = orEmpty(settings);
      processors = orEmpty(processors);
      edges = orEmpty(edges);
      placement = orEmpty(placement);
    }

    /** Whether the state is final. */
    public boolean ended() {
      return switch (state) {
        case "COMPLETED", "FAILED", "CANCELLED" -> true;
        default -> false;
      };
    }
  }

  /** The revision of a bundle that an application runs. */
  public record BundleRef(String name, String version, String digest) {}

  /** One step of an application. */
  public record Processor(
      String id,
      String kind,
      int parallelism,
      int chain,
      long recordsIn,
      long recordsOut,
      double inPerSecond,
      double outPerSecond,
      double busyPercent,
      double blockedPercent,
      Long watermark,
      long recordsLate,
      long recordsDropped,
      Long lagMs,
      Latency latency) {}

  /** How long records take on their way to a step, in µs. */
  public record Latency(double p50Us, double p99Us, double maxUs) {}

  /** A way of records between two steps. */
  public record Edge(String from, String to, String partitioner) {}

  /** Where a slice runs, and why there. */
  public record Placement(
      int slice, String worker, String decision, String reason, String scheduler) {}

  /** Why an application failed. */
  public record Failure(
      String processor,
      Object task,
      Object value,
      Object timestamp,
      String message,
      String stackTrace,
      String hint) {}

  /** All bundles. */
  public record Bundles(List<Bundle> bundles) {
    public Bundles {
      bundles = orEmpty(bundles);
    }
  }

  /** A bundle that the cluster is to have. */
  public record Bundle(
      String name,
      String version,
      String digest,
      String origin,
      String state,
      String error,
      List<String> applications,
      List<String> schedulers,
      List<String> usedBy) {
    public Bundle {
      applications = orEmpty(applications);
      schedulers = orEmpty(schedulers);
      usedBy = orEmpty(usedBy);
    }
  }

  /** All schedulers. */
  public record Schedulers(
      @JsonProperty("default") String defaultName, List<Scheduler> schedulers) {
    public Schedulers {
      schedulers = orEmpty(schedulers);
    }
  }

  /** A scheduler that can be chosen. */
  public record Scheduler(
      String name, String bundle, String version, String state, String lastError) {}

  /** A login code for the console, good once. */
  public record LoginCode(String code, String url) {}

  /** What {@code POST /apps} takes. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Submission(
      String bundle,
      String name,
      @JsonInclude Map<String, String> settings,
      String scheduler,
      String from,
      List<String> dropState,
      Boolean allowDroppedState) {
    /** Under its own name, by the default scheduler, from the start. */
    public static Submission anew(String bundle, Map<String, String> settings) {
      return new Submission(bundle, null, settings, null, null, List.of(), null);
    }
  }

  /** An error as the node tells it (RFC 9457). */
  public record Problem(String title, int status, String detail, String code, String hint) {}

  /** What a node writes about itself when its REST interface is up. */
  public record NodeFile(long pid, String url, String startedAt) {}
}
