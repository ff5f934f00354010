package io.geartrain.master.internal;

import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.ApplicationReply;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.NodeView;
import io.geartrain.protocol.SchedulerView;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cluster as clients see it; reads what {@link MasterState} owns, changes nothing. */
final class Views {
  private final Map<String, AppEntry> apps;
  private final WorkerRegistry workers;
  private final SlotAllocator slots;
  private final Schedulers schedulers;

  Views(
      Map<String, AppEntry> apps,
      WorkerRegistry workers,
      SlotAllocator slots,
      Schedulers schedulers) {
    this.apps = apps;
    this.workers = workers;
    this.slots = slots;
    this.schedulers = schedulers;
  }

  /** One application, or that there is none of that id. */
  MasterToClient application(String id) {
    AppEntry app = apps.get(id);
    return app == null ? noApplication(id) : new ApplicationReply(app.view());
  }

  /** There is no such application. */
  static Refused noApplication(String id) {
    return new Refused(
        "unknown-application",
        "There is no application '%s'.".formatted(id),
        "`gear apps` lists them.");
  }

  /** All applications, newest first. */
  List<ApplicationView> applications() {
    return apps.values().stream()
        .sorted(Comparator.comparing((AppEntry app) -> app.spec.submittedAt()).reversed())
        .map(AppEntry::view)
        .toList();
  }

  /** The schedulers; a default that nobody provides is among them. */
  List<SchedulerView> schedulers(String defaultScheduler) {
    List<SchedulerView> views = new ArrayList<>(schedulers.views());
    if (views.stream().noneMatch(view -> view.name().equals(defaultScheduler))) {
      String error = "no bundle that is deployed provides it; another stands in";
      views.add(new SchedulerView(defaultScheduler, null, null, "FAILED", error));
      views.sort(Comparator.comparing(SchedulerView::name));
    }
    return views;
  }

  /** The cluster. */
  ClusterView cluster(Collection<NodeInfo> nodes, String leader, long epoch) {
    Map<ApplicationState, Integer> states = new EnumMap<>(ApplicationState.class);
    apps.values().forEach(app -> states.merge(app.state(), 1, Integer::sum));
    return new ClusterView(
        leader,
        epoch,
        nodes.size(),
        workers.all().size(),
        workers.all().stream().mapToInt(RegisterWorker::slots).sum(),
        workers.all().stream().mapToInt(worker -> slots.freeSlots(worker.workerId())).sum(),
        states,
        slots.defaultScheduler());
  }

  /** The nodes. */
  List<NodeView> nodes(Collection<NodeInfo> nodes, String leader) {
    return nodes.stream().map(node -> view(node, leader)).toList();
  }

  private NodeView view(NodeInfo node, String leader) {
    NodeView.WorkerView worker =
        workers
            .onNode(node.id())
            .map(
                w ->
                    new NodeView.WorkerView(
                        w.workerId(), w.slots(), slots.freeSlots(w.workerId()), w.labels()))
            .orElse(null);
    return new NodeView(
        node.id(),
        node.address(),
        node.roles(),
        node.id().equals(leader),
        worker,
        node.java(),
        node.pid(),
        node.startedAt());
  }

  /** Ids of the applications that run, by the digest of their bundle. */
  Map<String, List<String>> usedBundles() {
    Map<String, List<String>> used = new TreeMap<>();
    apps.values().stream()
        .filter(app -> !app.ended())
        .forEach(
            app ->
                used.computeIfAbsent(app.spec.bundle().digest(), key -> new ArrayList<>())
                    .add(app.id()));
    return used;
  }
}
