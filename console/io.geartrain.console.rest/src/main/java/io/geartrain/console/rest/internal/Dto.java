package io.geartrain.console.rest.internal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.geartrain.client.ClusterClient;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.CheckpointStatus;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.NodeView;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.ProcessorStatus;
import io.geartrain.protocol.SchedulerView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The documents of the REST contract, made from the views of the cluster. Stateless. */
public final class Dto {
  private static final String SOURCE = "SOURCE";
  private static final String SINK = "SINK";

  private Dto() {}

  /** Slots of the cluster. */
  public record Slots(int total, int free) {}

  /** Document of {@code GET /cluster}. */
  public record Cluster(
      String leader,
      long epoch,
      int nodes,
      int workers,
      Slots slots,
      Map<String, Integer> applications,
      String scheduler) {}

  /** Document of {@code GET /nodes}. */
  public record Nodes(List<Node> nodes) {}

  /** A node. */
  public record Node(
      String id,
      String address,
      List<String> roles,
      boolean leader,
      Worker worker,
      String java,
      long pid,
      String startedAt) {}

  /** A worker. */
  public record Worker(String id, int slots, int freeSlots, Map<String, String> labels) {}

  /** Document of {@code GET /apps}. */
  public record Apps(List<AppSummary> apps) {}

  /** Revision of a bundle. */
  public record BundleRef(String name, String version, String digest) {}

  /** An application, in short. */
  public record AppSummary(
      String id,
      String name,
      String state,
      BundleRef bundle,
      String submittedAt,
      String startedAt,
      String endedAt,
      long recordsIn,
      long recordsOut,
      double inPerSecond) {}

  /** An application. */
  public record AppDetail(
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
      List<Slice> placement,
      Failure failure,
      String fingerprint,
      String from,
      Checkpoints checkpoints,
      Health.Audit audit,
      Health.Clock clock,
      Health.Stalls stalls) {}

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

  /** Document of {@code GET /apps/{id}/checkpoints}. */
  public record CheckpointList(List<Checkpoint> checkpoints) {}

  /** Document of {@code GET /savepoints} and {@code GET /apps/{id}/savepoints}. */
  public record Savepoints(List<Checkpoint> savepoints) {}

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
      String problem) {}

  /** A step of an application. */
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
      Health.Audit audit,
      long recordsLate,
      long recordsDropped,
      Long lagMs,
      Health.Latency latency) {}

  /** An edge between two steps. */
  public record Edge(String from, String to, String partitioner) {}

  /** What was decided on a slice. */
  public record Slice(int slice, String worker, String decision, String reason, String scheduler) {}

  /** Why an application failed. */
  public record Failure(
      String code,
      String processor,
      String task,
      String value,
      Long timestamp,
      String message,
      String stackTrace,
      String hint) {}

  /** Document of {@code GET /bundles}. */
  public record Bundles(List<Bundle> bundles) {}

  /** A bundle. */
  public record Bundle(
      String name,
      String version,
      String digest,
      String origin,
      String state,
      String error,
      List<String> applications,
      List<String> schedulers,
      List<String> usedBy,
      List<OnNode> nodes) {}

  /** A bundle on a node. */
  public record OnNode(String node, String state, String error) {}

  /** Document of {@code GET /schedulers}. */
  public record Schedulers(
      @JsonProperty("default") String defaultScheduler, List<Scheduler> schedulers) {}

  /** A scheduler. */
  public record Scheduler(
      String name, String bundle, String version, String state, String lastError) {}

  /** Document of the cluster. */
  public static Cluster cluster(ClusterView view) {
    Map<String, Integer> applications = new TreeMap<>();
    view.applications().forEach((state, count) -> applications.put(state.name(), count));
    return new Cluster(
        view.leader(),
        view.epoch(),
        view.nodes(),
        view.workers(),
        new Slots(view.totalSlots(), view.freeSlots()),
        applications,
        view.scheduler());
  }

  /** Document of the nodes. */
  public static Nodes nodes(List<NodeView> views) {
    return new Nodes(views.stream().map(Dto::node).toList());
  }

  private static Node node(NodeView view) {
    NodeView.WorkerView worker = view.worker();
    return new Node(
        view.id(),
        view.address(),
        view.roles(),
        view.leader(),
        worker == null
            ? null
            : new Worker(worker.id(), worker.slots(), worker.freeSlots(), worker.labels()),
        view.java(),
        view.pid(),
        text(view.startedAt()));
  }

  /** Document of the applications. */
  public static Apps apps(List<ApplicationView> views) {
    return new Apps(views.stream().map(Dto::summary).toList());
  }

  private static AppSummary summary(ApplicationView view) {
    AppDetail all = app(view);
    return new AppSummary(
        all.id(),
        all.name(),
        all.state(),
        all.bundle(),
        all.submittedAt(),
        all.startedAt(),
        all.endedAt(),
        all.recordsIn(),
        all.recordsOut(),
        all.inPerSecond());
  }

  /** Document of an application: what its sources read, what its sinks were given. */
  public static AppDetail app(ApplicationView view) {
    var spec = view.spec();
    var status = view.status();
    List<ProcessorStatus> steps = status.processors();
    return new AppDetail(
        spec.id(),
        spec.name(),
        status.state().name(),
        new BundleRef(spec.bundle().name(), spec.bundle().version(), spec.bundle().digest()),
        text(spec.submittedAt()),
        text(status.startedAt()),
        text(status.endedAt()),
        sum(steps, SOURCE, ProcessorStatus::recordsOut),
        sum(steps, SINK, ProcessorStatus::recordsIn),
        rate(steps, SOURCE, ProcessorStatus::outPerSecond),
        new TreeMap<>(spec.settings()),
        spec.scheduler(),
        spec.principal(),
        steps.stream().map(Dto::processor).toList(),
        status.edges().stream().map(e -> new Edge(e.from(), e.to(), e.partitioner())).toList(),
        status.dag(),
        view.placement().stream().map(Dto::slice).toList(),
        failure(status.failure()),
        status.fingerprint(),
        spec.from() == null ? null : spec.from().application() + "/" + spec.from().checkpoint(),
        checkpoints(status.checkpoints()),
        Health.audit(status.health().audit()),
        Health.clock(status.health().clock()),
        Health.stalls(status.health().stalls()));
  }

  private static Checkpoints checkpoints(CheckpointStatus status) {
    return new Checkpoints(
        status.last(),
        text(status.lastAt()),
        status.durationMs(),
        status.bytes(),
        status.completed(),
        status.failed(),
        status.problem(),
        status.restoredFrom(),
        status.restarts(),
        status.lastFailure());
  }

  /** Document of an application's checkpoints. */
  public static CheckpointList checkpoints(List<CheckpointView> views) {
    return new CheckpointList(views.stream().map(Dto::checkpoint).toList());
  }

  /** Document of savepoints. */
  public static Savepoints savepoints(List<CheckpointView> views) {
    return new Savepoints(views.stream().map(Dto::checkpoint).toList());
  }

  /** Document of a checkpoint. */
  public static Checkpoint checkpoint(CheckpointView view) {
    return new Checkpoint(
        view.application(),
        view.number(),
        view.savepoint() ? "SAVEPOINT" : "CHECKPOINT",
        view.state().name(),
        text(view.at()),
        view.durationMs(),
        view.bytes(),
        view.fingerprint(),
        view.label(),
        view.principal(),
        view.problem());
  }

  private static long sum(
      List<ProcessorStatus> steps, String kind, ToLongFunction<ProcessorStatus> value) {
    return steps.stream().filter(s -> s.kind().equals(kind)).mapToLong(value).sum();
  }

  private static double rate(
      List<ProcessorStatus> steps, String kind, ToDoubleFunction<ProcessorStatus> value) {
    return finite(steps.stream().filter(s -> s.kind().equals(kind)).mapToDouble(value).sum());
  }

  private static Processor processor(ProcessorStatus step) {
    return new Processor(
        step.id(),
        step.kind(),
        step.parallelism(),
        step.chain(),
        step.recordsIn(),
        step.recordsOut(),
        finite(step.inPerSecond()),
        finite(step.outPerSecond()),
        finite(step.busyPercent()),
        finite(step.blockedPercent()),
        step.watermark(),
        Health.audit(step.health().audit()),
        step.health().recordsLate(),
        step.health().recordsDropped(),
        step.health().lagMs(),
        Health.latency(step.health().latency()));
  }

  private static Slice slice(Placement placement) {
    return new Slice(
        placement.slice(),
        placement.workerId(),
        placement.decision().name(),
        placement.reason(),
        placement.scheduler());
  }

  private static Failure failure(io.geartrain.protocol.Failure failure) {
    return failure == null
        ? null
        : new Failure(
            failure.code(),
            failure.processor(),
            failure.task(),
            failure.value(),
            failure.timestamp(),
            failure.message(),
            failure.stackTrace(),
            failure.hint());
  }

  /** Document of the bundles. */
  public static Bundles bundles(List<BundleView> views) {
    return new Bundles(views.stream().map(Dto::bundle).toList());
  }

  /** Document of a bundle. */
  public static Bundle bundle(BundleView view) {
    return new Bundle(
        view.name(),
        view.version(),
        view.digest(),
        view.origin(),
        view.state(),
        view.error(),
        view.applications(),
        view.schedulers(),
        view.usedBy(),
        view.nodes().stream().map(n -> new OnNode(n.node(), n.state(), n.error())).toList());
  }

  /** Document of the schedulers. */
  public static Schedulers schedulers(SchedulersReply reply) {
    return new Schedulers(
        reply.defaultScheduler(), reply.schedulers().stream().map(Dto::scheduler).toList());
  }

  private static Scheduler scheduler(SchedulerView view) {
    return new Scheduler(
        view.name(), view.bundle(), view.version(), view.state(), view.lastError());
  }

  /** What the events carry, by the name of the event. */
  public static Map<String, Object> everything(ClusterClient client) {
    Map<String, Object> events = new LinkedHashMap<>();
    events.put("cluster", cluster(client.cluster()));
    events.put("apps", apps(client.applications()));
    events.put("bundles", bundles(client.bundles()));
    return events;
  }

  private static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }

  /** JSON has no NaN and no infinity. */
  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }
}
