package io.geartrain.master.internal;

import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.SchedulerView;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleDescription.ApplicationEntry;
import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Values that the tests of the master share. */
final class Samples {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final BundleDescription BUNDLE = bundle("word-count");

  private Samples() {}

  static BundleDescription bundle(String... applications) {
    return new BundleDescription(
        "example.wordcount",
        "1.0.0",
        "ab".repeat(32),
        List.of(applications).stream()
            .map(name -> new ApplicationEntry(name, "example." + name))
            .toList());
  }

  static SubmitApplication submission() {
    return new SubmitApplication("example.wordcount", null, Map.of("k", "v"), null, "ada");
  }

  static RegisterWorker worker(String id, int slots) {
    return worker(id, slots, 1);
  }

  static RegisterWorker worker(String id, int slots, int incarnation) {
    return new RegisterWorker(
        id, "node-" + id, "akka://geartrain/user/" + id + "#" + incarnation, slots, Map.of());
  }

  static ApplicationStatus status(String id, long epoch, ApplicationState state) {
    Failure failure =
        state == ApplicationState.FAILED
            ? Failure.of("definition-failed", "it threw", "look")
            : null;
    return new ApplicationStatus(
        id, epoch, state, null, null, List.of(), List.of(), "dag", "f00d", failure);
  }

  /** The id of the application that was written down. */
  static String saved(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.SaveApplication.class::isInstance)
        .map(effect -> ((Effect.SaveApplication) effect).spec().id())
        .findFirst()
        .orElseThrow();
  }

  /** A checkpoint that stands. */
  static StandingCheckpoint standing(String id, long number) {
    return new StandingCheckpoint(
        id, number, "name-" + number, START, 5, 10, "f", null, null, false);
  }

  /** What the built-in scheduler decides, signed. */
  static List<SchedulerHost.Signed> decide(
      ClusterSnapshot cluster, List<ResourceRequest> requests) {
    return new FirstFit()
        .schedule(cluster, requests).stream()
            .map(decision -> new SchedulerHost.Signed(decision, "spread", decision.reason()))
            .toList();
  }

  static List<SchedulerHost.Signed> reject(List<ResourceRequest> requests) {
    return requests.stream()
        .map(r -> new SchedulerHost.Signed(new Decision.Reject(r, "never"), "spread", "never"))
        .toList();
  }

  /** The schedulers spread and pack. */
  static final Schedulers SCHEDULERS =
      new Schedulers() {
        @Override
        public SortedSet<String> names() {
          return new TreeSet<>(List.of("pack", "spread"));
        }

        @Override
        public List<SchedulerView> views() {
          return List.of(
              new SchedulerView("pack", "b", "1", "ACTIVE", null),
              new SchedulerView("spread", "b", "1", "ACTIVE", null));
        }
      };
}
