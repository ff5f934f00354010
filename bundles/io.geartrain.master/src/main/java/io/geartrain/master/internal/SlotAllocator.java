package io.geartrain.master.internal;

import io.geartrain.master.internal.Effect.Schedule;
import io.geartrain.master.internal.Effect.TellAppMaster;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision.Assign;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.WorkerSnapshot;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Gives slots to applications: one question to the schedulers at a time, and an application gets
 * all of its slots or none. Owned by {@link MasterState}.
 */
final class SlotAllocator {
  private static final int MAX_SLICES = 10_000;

  private final Map<String, AppEntry> apps;
  private final WorkerRegistry workers;
  private final Effects effects;
  private final LinkedHashSet<String> toSchedule = new LinkedHashSet<>();
  private String defaultScheduler;
  private boolean scheduling;

  /** An allocator over these applications and workers, which others change. */
  SlotAllocator(Map<String, AppEntry> apps, WorkerRegistry workers, Effects effects) {
    this.apps = apps;
    this.workers = workers;
    this.effects = effects;
  }

  String defaultScheduler() {
    return defaultScheduler;
  }

  void defaultScheduler(String name) {
    defaultScheduler = name;
  }

  /** An app master asks for slots. */
  void request(AppEntry app, RequestSlots message) {
    if (app.slices > 0) {
      // asked before: tell again what was decided, if it was
      if (!app.placement.isEmpty()) {
        tell(app);
      }
      return;
    }
    if (message.slices() < 1 || message.slices() > MAX_SLICES) {
      String reason =
          "asked for %d slots, only 1 to %d are possible".formatted(message.slices(), MAX_SLICES);
      app.placement =
          List.of(new Placement(0, Placement.Kind.REJECT, null, null, reason, "master"));
      tell(app);
      return;
    }
    app.slices = message.slices();
    app.waiting = true;
    toSchedule.add(app.id());
    scheduleNext();
  }

  /**
   * What the schedulers answered, checked against the cluster that they were shown.
   *
   * @param decisions none if nobody could decide: the application waits on
   */
  void answered(String applicationId, long appEpoch, List<SchedulerHost.Signed> decisions) {
    scheduling = false;
    AppEntry app = apps.get(applicationId);
    boolean waits = app != null && app.waiting && app.epoch() == appEpoch && app.mayRun();
    if (waits && !decisions.isEmpty()) {
      List<Placement> placement = decisions.stream().map(this::place).toList();
      if (fits(placement)) {
        decided(app, placement);
      } else {
        // the cluster has changed meanwhile
        toSchedule.add(applicationId);
      }
    }
    scheduleNext();
  }

  private void decided(AppEntry app, List<Placement> placement) {
    boolean all = placement.stream().allMatch(p -> p.decision() == Placement.Kind.ASSIGN);
    boolean rejected = placement.stream().anyMatch(p -> p.decision() == Placement.Kind.REJECT);
    List<Placement> now = all || rejected ? placement : allWait(placement);
    app.waiting = !all;
    if (!now.equals(app.placement)) {
      app.placement = now;
      tell(app);
    }
  }

  /**
   * An application holds all of its slots or none, lest two that hold half of theirs wait for each
   * other.
   */
  private static List<Placement> allWait(List<Placement> placement) {
    long waiting = placement.stream().filter(p -> p.decision() == Placement.Kind.WAIT).count();
    return placement.stream()
        .map(
            p ->
                p.decision() == Placement.Kind.WAIT
                    ? p
                    : new Placement(
                        p.slice(),
                        Placement.Kind.WAIT,
                        null,
                        null,
                        "would run on %s, but %d of %d slices have no slot yet (%s)"
                            .formatted(p.workerId(), waiting, placement.size(), p.reason()),
                        p.scheduler()))
        .toList();
  }

  private Placement place(SchedulerHost.Signed signed) {
    String worker = signed.decision() instanceof Assign assign ? assign.workerId() : null;
    RegisterWorker known = worker == null ? null : workers.get(worker);
    return new Placement(
        signed.decision().request().slice(),
        signed.kind(),
        worker,
        known == null ? null : known.address(),
        signed.reason(),
        signed.scheduler());
  }

  private boolean fits(List<Placement> placement) {
    Map<String, Integer> needed = new HashMap<>();
    placement.stream()
        .filter(p -> p.decision() == Placement.Kind.ASSIGN)
        .forEach(p -> needed.merge(p.workerId(), 1, Integer::sum));
    return needed.entrySet().stream().allMatch(e -> freeSlots(e.getKey()) >= e.getValue());
  }

  /** Slots have come or gone, or schedulers have: what waits is decided again. */
  void capacityChanged() {
    apps.values().stream().filter(app -> app.waiting).forEach(app -> toSchedule.add(app.id()));
    scheduleNext();
  }

  private void scheduleNext() {
    while (!scheduling && !toSchedule.isEmpty()) {
      String id = toSchedule.iterator().next();
      toSchedule.remove(id);
      AppEntry app = apps.get(id);
      if (app == null || !app.waiting || !app.mayRun()) {
        continue;
      }
      scheduling = true;
      List<ResourceRequest> requests =
          IntStream.range(0, app.slices).mapToObj(i -> new ResourceRequest(id, i)).toList();
      String asked = app.spec.scheduler() == null ? defaultScheduler : app.spec.scheduler();
      effects.add(new Schedule(id, app.epoch(), asked, defaultScheduler, snapshot(), requests));
    }
  }

  /** The workers as schedulers see them. */
  ClusterSnapshot snapshot() {
    return new ClusterSnapshot(
        workers.all().stream()
            .map(
                worker ->
                    new WorkerSnapshot(
                        worker.workerId(),
                        worker.slots(),
                        freeSlots(worker.workerId()),
                        worker.labels(),
                        slicesOn(worker.workerId())))
            .toList());
  }

  private Map<String, Integer> slicesOn(String worker) {
    Map<String, Integer> slices = new TreeMap<>();
    for (AppEntry app : apps.values()) {
      long count = app.slotsOn(worker);
      if (count > 0) {
        slices.put(app.id(), Math.toIntExact(count));
      }
    }
    return slices;
  }

  /** How many more slices a worker can run. */
  int freeSlots(String workerId) {
    RegisterWorker worker = workers.get(workerId);
    if (worker == null) {
      return 0;
    }
    int used = slicesOn(workerId).values().stream().mapToInt(Integer::intValue).sum();
    // fewer than none if the worker came back with fewer slots than are in use
    return Math.max(0, worker.slots() - used);
  }

  private void tell(AppEntry app) {
    if (app.address != null) {
      effects.add(new TellAppMaster(app.address, new SlotsDecided(app.id(), app.placement)));
    }
  }
}
