package io.geartrain.console.rest.internal;

import io.geartrain.client.ClusterClient;
import io.geartrain.client.ClusterException;
import io.geartrain.metrics.TaskMetrics.Waiting;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.AuditStatus;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.CheckpointStatus;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ClockStatus;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.HealthStatus;
import io.geartrain.protocol.LatencyStatus;
import io.geartrain.protocol.MasterToClient.BundleReply;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.NodeView;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.ProcessorHealth;
import io.geartrain.protocol.ProcessorStatus;
import io.geartrain.protocol.SchedulerView;
import io.geartrain.protocol.Stall;
import io.geartrain.protocol.StallStatus;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.protocol.StartWish;
import io.geartrain.spi.BundleDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A cluster of one node with one application; remembers what was asked of it. Thread-safe. */
public final class FakeCluster implements ClusterClient {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  public final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  public volatile long records = 100;
  public volatile RuntimeException failure;
  public volatile ClusterException refusal;
  public volatile String deployedDigest = "ab12";
  public volatile CheckpointStatus checkpoints =
      new CheckpointStatus(7, T0, 1_250, 4_096, 6, 2, "disk full", 7, 5, 3, "it broke");

  @Override
  public ApplicationView submit(
      String bundle,
      String name,
      Map<String, String> settings,
      String scheduler,
      StartWish from,
      String principal) {
    ask(
        "submit "
            + bundle
            + " "
            + name
            + " "
            + settings
            + " "
            + scheduler
            + (from == null ? "" : " from " + from)
            + " by "
            + principal);
    if (!bundle.equals("word.count")) {
      throw new ClusterException(
          "unknown-bundle", "No bundle " + bundle + " is deployed.", "See 'gear bundles'.");
    }
    return view(settings);
  }

  @Override
  public ApplicationView cancel(String applicationId, String principal) {
    ask("cancel " + applicationId + " by " + principal);
    return application(applicationId);
  }

  @Override
  public CheckpointView checkpoint(String applicationId, CheckpointWish wish) {
    ask("checkpoint " + applicationId + " " + wish);
    application(applicationId);
    return CheckpointView.asked(applicationId, 8, wish, null);
  }

  @Override
  public List<CheckpointView> checkpoints(String applicationId) {
    ask("checkpoints " + applicationId);
    application(applicationId);
    StandingCheckpoint stands =
        new StandingCheckpoint(
            applicationId, 7, "0000000007-000001", T0, 12, 345, "f00", null, null, false);
    return List.of(CheckpointView.of(stands, false));
  }

  @Override
  public List<CheckpointView> savepoints(String applicationId) {
    ask("savepoints " + applicationId);
    String id = applicationId == null ? "wc-7f3a" : applicationId;
    application(id);
    CheckpointWish wish = new CheckpointWish(true, "before", false, "ada");
    return List.of(CheckpointView.asked(id, 8, wish, null));
  }

  @Override
  public void deleteSavepoint(String applicationId, long number, String principal) {
    ask("delete savepoint " + applicationId + "/" + number + " by " + principal);
  }

  @Override
  public ApplicationView application(String applicationId) {
    if (!applicationId.equals("wc-7f3a")) {
      throw new ClusterException(
          "unknown-application", "There is no application " + applicationId + ".", null);
    }
    return view(Map.of());
  }

  @Override
  public List<ApplicationView> applications() {
    ask("applications");
    return List.of(view(Map.of()));
  }

  @Override
  public BundleReply deploy(String digest, String fileName, String principal) {
    ask("deploy " + digest + " " + fileName + " by " + principal);
    if (refusal != null) {
      throw refusal;
    }
    return new BundleReply(bundle(digest), !digest.startsWith("same"));
  }

  @Override
  public void undeploy(String name, String principal) {
    ask("undeploy " + name + " by " + principal);
  }

  @Override
  public List<BundleView> bundles() {
    ask("bundles");
    return List.of(bundle(deployedDigest));
  }

  @Override
  public SchedulersReply schedulers() {
    ask("schedulers");
    return new SchedulersReply(
        "spread", List.of(new SchedulerView("spread", "s.spread", "0.1.0", "ACTIVE", null)));
  }

  @Override
  public void setScheduler(String name, String principal) {
    ask("scheduler " + name + " by " + principal);
  }

  @Override
  public ClusterView cluster() {
    ask("cluster");
    return new ClusterView("node-1", 3, 1, 1, 8, 6, Map.of(ApplicationState.RUNNING, 1), "spread");
  }

  @Override
  public List<NodeView> nodes() {
    ask("nodes");
    return List.of(
        new NodeView(
            "node-1",
            "local",
            List.of("master", "worker"),
            true,
            new NodeView.WorkerView("w-1", 8, 6, Map.of("rack", "r1")),
            "17",
            42,
            T0));
  }

  @Override
  public void stopNode(String nodeId, String principal) {
    ask("stop " + nodeId + " by " + principal);
  }

  private void ask(String what) {
    if (failure != null) {
      throw failure;
    }
    asked.add(what);
  }

  private static BundleView bundle(String digest) {
    return new BundleView(
        "word.count",
        "1.0.0",
        digest,
        "upload",
        "ACTIVE",
        null,
        List.of("word-count"),
        List.of(),
        List.of("wc-7f3a"),
        List.of(new BundleView.OnNode("node-1", "ACTIVE", null)));
  }

  private ApplicationView view(Map<String, String> settings) {
    var bundle = new BundleDescription("word.count", "1.0.0", "ab12", List.of());
    var spec =
        new ApplicationSpec("wc-7f3a", "word-count", bundle, "x.App", settings, null, "admin", T0);
    var steps =
        List.of(
            new ProcessorStatus("lines", "SOURCE", 1, 0, 0, records, 0, 50, Double.NaN, 0, null),
            new ProcessorStatus(
                "out",
                "SINK",
                2,
                1,
                records - 1,
                0,
                49,
                0,
                10,
                0,
                5L,
                new ProcessorHealth(
                    new AuditStatus(99, 1, 0),
                    5,
                    4,
                    1_500L,
                    new LatencyStatus(20_500, 207_000, 1_500_000))));
    var status =
        new ApplicationStatus(
            "wc-7f3a",
            1,
            ApplicationState.RUNNING,
            T0,
            null,
            steps,
            List.of(new ApplicationStatus.EdgeStatus("lines", "out", "hash")),
            "lines -> out",
            "f00",
            null,
            checkpoints,
            new HealthStatus(
                new AuditStatus(99, 1, 0),
                new ClockStatus(5L, 1_505L, 1_500L, "out/1", Waiting.NO, "out/1", T0),
                new StallStatus(1, List.of(new Stall("out/1", T0, "App.f(App.java:7)", "at f")))));
    return new ApplicationView(
        spec,
        status,
        List.of(
            new Placement(0, Placement.Kind.ASSIGN, "w-1", "local", "most free slots", "spread")));
  }
}
