package io.geartrain.master.internal;

import io.geartrain.master.internal.AppEntry.HeldReply;
import io.geartrain.master.internal.Effect.ForgetApplication;
import io.geartrain.master.internal.Effect.Note;
import io.geartrain.master.internal.Effect.Reply;
import io.geartrain.master.internal.Effect.SaveApplication;
import io.geartrain.master.internal.Effect.SaveScheduler;
import io.geartrain.master.internal.Effect.Schedule;
import io.geartrain.master.internal.Effect.TellAppMaster;
import io.geartrain.master.internal.Effect.TellWorker;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ClientToMaster.CancelApplication;
import io.geartrain.protocol.ClientToMaster.GetApplication;
import io.geartrain.protocol.ClientToMaster.SetScheduler;
import io.geartrain.protocol.ClientToMaster.StopNode;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.ApplicationReply;
import io.geartrain.protocol.MasterToClient.ApplicationsReply;
import io.geartrain.protocol.MasterToClient.ClusterReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.NodesReply;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.ShutDownNode;
import io.geartrain.protocol.MasterToWorker.StopAppMaster;
import io.geartrain.protocol.MasterToWorker.WorkerRegistered;
import io.geartrain.protocol.NodeView;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.SchedulerView;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleDescription.ApplicationEntry;
import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.WorkerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The logic of a leading master during one reign: an event goes in, decisions come out. No clock,
 * no input or output; owned by the thread of its shell.
 */
final class MasterState {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final int MAX_SETTINGS_CHARS = 32_000;
  private static final int MAX_SLICES = 10_000;

  private final String nodeId;
  private final long epoch;
  private final String masterAddress;
  private final MasterLimits limits;
  private final Schedulers schedulers;
  private final RandomGenerator random;

  private final Map<String, AppEntry> apps = new LinkedHashMap<>();
  private final SortedMap<String, RegisterWorker> workers = new TreeMap<>();
  private final SortedMap<String, NodeInfo> nodes = new TreeMap<>();
  private final Set<String> aliveWorkers = new HashSet<>();
  private final Map<String, RegisterWorker> vanished = new HashMap<>();
  private final Map<String, Instant> missingSince = new TreeMap<>();

  /** The last epoch of each application that no app master may live on under. */
  private final Map<String, Long> superseded = new LinkedHashMap<>();

  private final LinkedHashSet<String> toSchedule = new LinkedHashSet<>();
  private List<Effect> effects = new ArrayList<>();
  private String defaultScheduler;
  private Instant settledFrom;
  private boolean scheduling;

  /**
   * A reign.
   *
   * @param nodeId id of the leader's node
   * @param epoch of the reign
   * @param masterAddress where app masters report to
   */
  MasterState(
      String nodeId,
      long epoch,
      String masterAddress,
      MasterLimits limits,
      Schedulers schedulers,
      RandomGenerator random) {
    this.nodeId = nodeId;
    this.epoch = epoch;
    this.masterAddress = masterAddress;
    this.limits = limits;
    this.schedulers = schedulers;
    this.random = random;
  }

  // ---- the reign begins

  /**
   * The reign begins with what the store tells; whatever has not ended begins again.
   *
   * @param stored all applications written down
   */
  List<Effect> onElected(Collection<StoredApplication> stored, String scheduler, Instant now) {
    defaultScheduler = scheduler;
    settledFrom = now.plus(limits.settle());
    stored.stream()
        .sorted(Comparator.comparing((StoredApplication app) -> app.spec().submittedAt()))
        .forEach(app -> recover(app, now));
    forgetOldest();
    launchDue(now);
    return drain();
  }

  private void recover(StoredApplication stored, Instant now) {
    AppEntry app = new AppEntry(stored.spec(), stored.status());
    apps.put(app.id(), app);
    if (app.ended()) {
      return;
    }
    superseded.put(app.id(), app.epoch());
    if (app.state() == ApplicationState.CANCELLING) {
      end(app, AppEntry.with(app.status, ApplicationState.CANCELLED, now, null));
      return;
    }
    app.beginAgain(app.epoch() + 1, now);
    save(app);
    note("Application %s begins again under epoch %d", app.id(), app.epoch());
  }

  // ---- workers and nodes

  /** A worker has come, or tells once more that it is there. */
  List<Effect> onRegisterWorker(RegisterWorker message, Instant now) {
    register(message, now);
    launchDue(now);
    return drain();
  }

  private void register(RegisterWorker message, Instant now) {
    RegisterWorker before = workers.get(message.workerId());
    if (before != null && !before.address().equals(message.address())) {
      loseWorker(message.workerId(), "it was started again", now);
    }
    vanished.remove(message.workerId());
    workers.put(message.workerId(), message);
    effects.add(new TellWorker(message.address(), new WorkerRegistered(epoch)));
    if (before == null || !before.address().equals(message.address())) {
      note("Worker %s has joined with %d slots", message.workerId(), message.slots());
      superseded.forEach(
          (id, old) -> effects.add(new TellWorker(message.address(), new StopAppMaster(id, old))));
    }
    capacityChanged();
  }

  /** A worker is gone. */
  List<Effect> onWorkerLost(String workerId, String reason, Instant now) {
    loseWorker(workerId, reason, now);
    capacityChanged();
    launchDue(now);
    return drain();
  }

  /**
   * The workers that the store tells to be alive. One that was and is missing for some time is
   * lost; should it appear again, as after a session that was lost and found, it is taken back.
   */
  List<Effect> onWorkersAlive(Set<String> alive, Instant now) {
    aliveWorkers.stream()
        .filter(worker -> !alive.contains(worker))
        .forEach(worker -> missingSince.putIfAbsent(worker, now));
    missingSince.keySet().removeAll(alive);
    aliveWorkers.clear();
    aliveWorkers.addAll(alive);
    List<RegisterWorker> back =
        vanished.values().stream().filter(worker -> alive.contains(worker.workerId())).toList();
    for (RegisterWorker worker : back) {
      register(worker, now);
    }
    launchDue(now);
    return drain();
  }

  private void loseMissing(Instant now) {
    List<String> lost =
        missingSince.entrySet().stream()
            .filter(missing -> now.isAfter(missing.getValue().plus(limits.missing())))
            .map(Map.Entry::getKey)
            .toList();
    for (String worker : lost) {
      missingSince.remove(worker);
      RegisterWorker known = workers.get(worker);
      if (known != null) {
        loseWorker(worker, "its session has ended", now);
        vanished.put(worker, known);
        capacityChanged();
      }
    }
  }

  /** The nodes of the cluster. */
  List<Effect> onNodes(Collection<NodeInfo> members) {
    nodes.clear();
    members.forEach(node -> nodes.put(node.id(), node));
    return drain();
  }

  private void loseWorker(String workerId, String reason, Instant now) {
    if (workers.remove(workerId) == null) {
      return;
    }
    List<AppEntry> hit =
        apps.values().stream()
            .filter(app -> !app.ended())
            .filter(app -> workerId.equals(app.workerId) || app.slotsOn(workerId) > 0)
            .toList();
    // one that nothing runs on goes like this whenever a node is stopped
    effects.add(new Note(!hit.isEmpty(), "Worker " + workerId + " is lost: " + reason));
    for (AppEntry app : hit) {
      if (app.state() == ApplicationState.CANCELLING) {
        superseded.put(app.id(), app.epoch());
        stopAppMaster(app);
        end(app, AppEntry.with(app.status, ApplicationState.CANCELLED, now, null));
      } else {
        relaunch(app, now, "worker " + workerId + " is lost: " + reason);
      }
    }
  }

  // ---- app masters

  /** An app master runs. */
  List<Effect> onAppMasterLaunched(AppMasterLaunched message, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null || app.ended() || app.epoch() != message.epoch()) {
      RegisterWorker worker = workers.get(message.workerId());
      if (worker != null) {
        StopAppMaster stop = new StopAppMaster(message.applicationId(), message.epoch());
        effects.add(new TellWorker(worker.address(), stop));
      }
      return drain();
    }
    app.launchedBy = null;
    boolean unknown = app.address == null;
    app.address = message.address();
    if (unknown && app.cancelledBy != null) {
      tellAppMaster(app, new StopApplication(app.id(), app.cancelledBy));
    }
    if (unknown && !app.placement.isEmpty()) {
      tellAppMaster(app, new SlotsDecided(app.id(), app.placement));
    }
    return drain();
  }

  /** An app master is gone, asked for or not. */
  List<Effect> onAppMasterTerminated(AppMasterTerminated message, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null || app.ended() || app.epoch() != message.epoch()) {
      return drain();
    }
    appMasterDied(app, message.reason(), now);
    capacityChanged();
    launchDue(now);
    return drain();
  }

  private void appMasterDied(AppEntry app, String reason, Instant now) {
    if (app.state() == ApplicationState.CANCELLING) {
      stopAppMaster(app);
      end(app, AppEntry.with(app.status, ApplicationState.CANCELLED, now, null));
      return;
    }
    app.relaunches.removeIf(at -> at.isBefore(now.minus(limits.relaunchWindow())));
    if (app.relaunches.size() >= limits.relaunches()) {
      String message =
          "The app master died %d times within %d s, the last time because: %s"
              .formatted(app.relaunches.size() + 1, limits.relaunchWindow().toSeconds(), reason);
      String hint = "See the log of node " + nodeOf(app.workerId) + ", then submit it again.";
      stopAppMaster(app);
      fail(app, Failure.of("app-master-lost", message, hint), now);
      return;
    }
    app.relaunches.add(now);
    relaunch(app, now, "its app master has ended: " + reason);
  }

  private void relaunch(AppEntry app, Instant now, String why) {
    superseded.put(app.id(), app.epoch());
    stopAppMaster(app);
    int earlier = app.relaunches.size();
    Duration pause = earlier <= 1 ? Duration.ZERO : Duration.ofSeconds(1L << (earlier - 2));
    app.beginAgain(app.epoch() + 1, now.plus(pause));
    save(app);
    warn("Application %s begins again under epoch %d: %s", app.id(), app.epoch(), why);
  }

  private void stopAppMaster(AppEntry app) {
    RegisterWorker worker = app.workerId == null ? null : workers.get(app.workerId);
    if (worker != null) {
      effects.add(new TellWorker(worker.address(), new StopAppMaster(app.id(), app.epoch())));
    }
  }

  /**
   * How an application is; a report of an older epoch, or on one that has ended, is dropped.
   *
   * @param sender address of the app master; null if unknown
   */
  List<Effect> onStatusReport(ApplicationStatus report, String sender, Instant now) {
    AppEntry app = apps.get(report.applicationId());
    if (app == null || app.ended() || report.epoch() != app.epoch()) {
      return drain();
    }
    heardFrom(app, sender);
    ApplicationState before = app.state();
    if (report.state().isTerminal()) {
      Instant endedAt = report.endedAt() == null ? now : report.endedAt();
      end(app, AppEntry.with(report, report.state(), endedAt, report.failure()));
      stopAppMaster(app);
      capacityChanged();
      launchDue(now);
      return drain();
    }
    ApplicationState state = later(before, report.state());
    app.status = AppEntry.with(report, state, null, report.failure());
    if (state != before) {
      note("Application %s is %s", app.id(), state);
      save(app);
    }
    if (state.ordinal() > ApplicationState.PLANNING.ordinal()) {
      answerHeld(app, new ApplicationReply(app.view()));
    }
    return drain();
  }

  /** A state never goes back within an epoch. */
  private static ApplicationState later(ApplicationState known, ApplicationState told) {
    return told.ordinal() > known.ordinal() ? told : known;
  }

  private void heardFrom(AppEntry app, String sender) {
    app.launchedBy = null;
    if (app.address == null && sender != null) {
      app.address = sender;
      if (app.cancelledBy != null) {
        tellAppMaster(app, new StopApplication(app.id(), app.cancelledBy));
      }
    }
  }

  private void tellAppMaster(AppEntry app, io.geartrain.protocol.MasterToAppMaster message) {
    if (app.address != null) {
      effects.add(new TellAppMaster(app.address, message));
    }
  }

  // ---- slots

  /**
   * An app master asks for slots.
   *
   * @param sender its address; null if unknown
   */
  List<Effect> onRequestSlots(RequestSlots message, String sender, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null || app.ended() || app.epoch() != message.epoch()) {
      return drain();
    }
    heardFrom(app, sender);
    if (app.slices > 0) {
      // asked before: tell again what was decided, if it was
      if (!app.placement.isEmpty()) {
        tellAppMaster(app, new SlotsDecided(app.id(), app.placement));
      }
      return drain();
    }
    if (message.slices() < 1 || message.slices() > MAX_SLICES) {
      String reason =
          "asked for %d slots, only 1 to %d are possible".formatted(message.slices(), MAX_SLICES);
      app.placement = List.of(rejected(reason));
      tellAppMaster(app, new SlotsDecided(app.id(), app.placement));
      return drain();
    }
    app.slices = message.slices();
    app.waiting = true;
    toSchedule.add(app.id());
    scheduleNext();
    return drain();
  }

  private static Placement rejected(String reason) {
    return new Placement(0, Placement.Kind.REJECT, null, null, reason, "master");
  }

  /** Schedulers have come or gone: what waits is decided again. */
  List<Effect> onSchedulersChanged() {
    capacityChanged();
    return drain();
  }

  /**
   * A scheduler's decisions, checked against the cluster it was shown.
   *
   * @param decisions one for each slice, in order
   */
  List<Effect> onScheduled(
      String applicationId, long appEpoch, List<SchedulerHost.Signed> decisions, Instant now) {
    scheduling = false;
    AppEntry app = apps.get(applicationId);
    if (app != null && app.waiting && app.epoch() == appEpoch && mayRun(app)) {
      List<Placement> placement = decisions.stream().map(this::place).toList();
      if (!fits(placement)) {
        // the cluster has changed meanwhile
        toSchedule.add(applicationId);
      } else {
        decided(app, placement);
      }
    }
    scheduleNext();
    return drain();
  }

  private void decided(AppEntry app, List<Placement> placement) {
    boolean all = placement.stream().allMatch(p -> p.decision() == Placement.Kind.ASSIGN);
    boolean rejected = placement.stream().anyMatch(p -> p.decision() == Placement.Kind.REJECT);
    List<Placement> now = all || rejected ? placement : allWait(placement);
    app.waiting = !all;
    if (!now.equals(app.placement)) {
      app.placement = now;
      tellAppMaster(app, new SlotsDecided(app.id(), now));
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
    String worker =
        signed.decision() instanceof io.geartrain.spi.Decision.Assign assign
            ? assign.workerId()
            : null;
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

  private static boolean mayRun(AppEntry app) {
    return !app.ended() && app.state() != ApplicationState.CANCELLING;
  }

  private void capacityChanged() {
    apps.values().stream().filter(app -> app.waiting).forEach(app -> toSchedule.add(app.id()));
    scheduleNext();
  }

  private void scheduleNext() {
    while (!scheduling && !toSchedule.isEmpty()) {
      String id = toSchedule.iterator().next();
      toSchedule.remove(id);
      AppEntry app = apps.get(id);
      if (app == null || !app.waiting || !mayRun(app)) {
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
        workers.values().stream()
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

  private int freeSlots(String workerId) {
    RegisterWorker worker = workers.get(workerId);
    if (worker == null) {
      return 0;
    }
    int used = slicesOn(workerId).values().stream().mapToInt(Integer::intValue).sum();
    // fewer than none if the worker came back with fewer slots than are in use
    return Math.max(0, worker.slots() - used);
  }

  // ---- clients

  /**
   * Somebody submits an application.
   *
   * @param token names the client
   * @param bundle the bundle that was asked for
   */
  List<Effect> onSubmit(
      long token, SubmitApplication message, BundleDescription bundle, Instant now) {
    Refused refused = refusalOf(message, bundle);
    if (refused != null) {
      reply(token, refused);
      return drain();
    }
    ApplicationEntry entry = bundle.applications().get(0);
    String name = message.name() == null ? entry.name() : message.name();
    Map<String, String> settings = message.settings() == null ? Map.of() : message.settings();
    ApplicationSpec spec =
        new ApplicationSpec(
            newId(name),
            name,
            bundle,
            entry.className(),
            settings,
            message.scheduler(),
            message.principal(),
            now);
    AppEntry app = new AppEntry(spec, AppEntry.submitted(spec.id(), 1));
    app.launchFrom = now;
    app.held.add(new HeldReply(token, now.plus(limits.planning())));
    apps.put(app.id(), app);
    save(app);
    note("Application %s is submitted by %s", app.id(), spec.principal());
    launchDue(now);
    return drain();
  }

  private Refused refusalOf(SubmitApplication message, BundleDescription bundle) {
    List<ApplicationEntry> declared = bundle.applications();
    if (declared.isEmpty()) {
      return new Refused(
          "bundle-no-application",
          "Bundle %s %s declares no application.".formatted(bundle.name(), bundle.version()),
          "Annotate a public class that implements StreamApplication with @StreamApp(name=\"…\")"
              + " and build the bundle with bnd.");
    }
    if (declared.size() > 1) {
      return new Refused(
          "bundle-many-applications",
          "Bundle %s %s declares %d applications: %s."
              .formatted(
                  bundle.name(),
                  bundle.version(),
                  declared.size(),
                  String.join(", ", declared.stream().map(ApplicationEntry::name).toList())),
          "Leave one class with @StreamApp in each bundle.");
    }
    String name = message.name() == null ? declared.get(0).name() : message.name();
    if (!NAME.matcher(name).matches()) {
      return new Refused(
          "bad-request",
          "'%s' can't be the name of an application.".formatted(name),
          "Use up to 63 letters, digits, dots, dashes and underscores, a letter or digit first.");
    }
    if (message.scheduler() != null && !schedulers.names().contains(message.scheduler())) {
      return unknownScheduler(message.scheduler());
    }
    Map<String, String> settings = message.settings() == null ? Map.of() : message.settings();
    if (settings.values().stream().anyMatch(Objects::isNull)) {
      return new Refused("bad-request", "A setting has no value.", "Give each setting a value.");
    }
    int chars =
        settings.entrySet().stream()
            .mapToInt(setting -> setting.getKey().length() + setting.getValue().length())
            .sum();
    if (chars > MAX_SETTINGS_CHARS) {
      return new Refused(
          "bad-request",
          "The settings have %d characters, at most %d are possible."
              .formatted(chars, MAX_SETTINGS_CHARS),
          "Put large settings into a file that the application reads.");
    }
    return null;
  }

  private Refused unknownScheduler(String name) {
    Set<String> names = schedulers.names();
    return new Refused(
        "unknown-scheduler",
        "There is no scheduler '%s'.".formatted(name),
        names.isEmpty()
            ? "No scheduler is deployed."
            : "There are: " + String.join(", ", names) + ".");
  }

  private String newId(String name) {
    while (true) {
      String id = "%s-%04x".formatted(name, random.nextInt(0x10000));
      if (!apps.containsKey(id)) {
        return id;
      }
    }
  }

  /** Somebody stops an application. */
  List<Effect> onCancel(long token, CancelApplication message, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null) {
      reply(token, unknownApplication(message.applicationId()));
      return drain();
    }
    if (app.ended() && app.state() != ApplicationState.CANCELLED) {
      reply(
          token,
          new Refused(
              "already-ended",
              "Application %s is %s already.".formatted(app.id(), app.state()),
              null));
      return drain();
    }
    if (mayRun(app)) {
      cancel(app, message.principal(), now);
    }
    reply(token, new ApplicationReply(app.view()));
    return drain();
  }

  private void cancel(AppEntry app, String principal, Instant now) {
    note("Application %s is cancelled by %s", app.id(), principal);
    app.cancelledBy = principal;
    if (app.workerId == null) {
      end(app, AppEntry.with(app.status, ApplicationState.CANCELLED, now, null));
      return;
    }
    app.cancelBy = now.plus(limits.cancel());
    app.status = AppEntry.with(app.status, ApplicationState.CANCELLING, null, null);
    save(app);
    tellAppMaster(app, new StopApplication(app.id(), principal));
    answerHeld(app, new ApplicationReply(app.view()));
  }

  /** Somebody asks for one application. */
  List<Effect> onGet(long token, GetApplication message) {
    AppEntry app = apps.get(message.applicationId());
    reply(
        token,
        app == null
            ? unknownApplication(message.applicationId())
            : new ApplicationReply(app.view()));
    return drain();
  }

  private static Refused unknownApplication(String id) {
    return new Refused(
        "unknown-application",
        "There is no application '%s'.".formatted(id),
        "`gear apps` lists them.");
  }

  /** Somebody asks for all applications. */
  List<Effect> onList(long token) {
    reply(
        token,
        new ApplicationsReply(
            apps.values().stream()
                .sorted(Comparator.comparing((AppEntry app) -> app.spec.submittedAt()).reversed())
                .map(AppEntry::view)
                .toList()));
    return drain();
  }

  /** Somebody asks for the schedulers. */
  List<Effect> onListSchedulers(long token) {
    List<SchedulerView> views = new ArrayList<>(schedulers.views());
    if (views.stream().noneMatch(view -> view.name().equals(defaultScheduler))) {
      String error = "no bundle that is deployed provides it; another stands in";
      views.add(new SchedulerView(defaultScheduler, null, null, "FAILED", error));
      views.sort(Comparator.comparing(SchedulerView::name));
    }
    reply(token, new SchedulersReply(defaultScheduler, views));
    return drain();
  }

  /** Somebody chooses the default scheduler. */
  List<Effect> onSetScheduler(long token, SetScheduler message) {
    if (message.name() == null || !schedulers.names().contains(message.name())) {
      reply(token, unknownScheduler(message.name()));
      return drain();
    }
    defaultScheduler = message.name();
    note("Scheduler %s is made the default by %s", message.name(), message.principal());
    effects.add(new SaveScheduler(message.name()));
    reply(token, new Done());
    capacityChanged();
    return drain();
  }

  /** Somebody asks for the cluster. */
  List<Effect> onGetCluster(long token) {
    Map<ApplicationState, Integer> states = new EnumMap<>(ApplicationState.class);
    apps.values().forEach(app -> states.merge(app.state(), 1, Integer::sum));
    int total = workers.values().stream().mapToInt(RegisterWorker::slots).sum();
    int free = workers.keySet().stream().mapToInt(this::freeSlots).sum();
    reply(
        token,
        new ClusterReply(
            new ClusterView(
                nodeId,
                epoch,
                nodes.size(),
                workers.size(),
                total,
                free,
                states,
                defaultScheduler)));
    return drain();
  }

  /** Somebody asks for the nodes. */
  List<Effect> onListNodes(long token) {
    reply(token, new NodesReply(nodes.values().stream().map(this::view).toList()));
    return drain();
  }

  private NodeView view(NodeInfo node) {
    NodeView.WorkerView worker =
        workerOf(node.id())
            .map(
                w ->
                    new NodeView.WorkerView(
                        w.workerId(), w.slots(), freeSlots(w.workerId()), w.labels()))
            .orElse(null);
    return new NodeView(
        node.id(),
        node.address(),
        node.roles(),
        node.id().equals(nodeId),
        worker,
        node.java(),
        node.pid(),
        node.startedAt());
  }

  private Optional<RegisterWorker> workerOf(String node) {
    return workers.values().stream().filter(worker -> worker.nodeId().equals(node)).findFirst();
  }

  private String nodeOf(String workerId) {
    RegisterWorker worker = workerId == null ? null : workers.get(workerId);
    return worker == null ? "that ran it" : worker.nodeId();
  }

  /** Somebody stops a node. */
  List<Effect> onStopNode(long token, StopNode message) {
    Optional<RegisterWorker> worker = workerOf(message.nodeId());
    if (worker.isPresent()) {
      String reason = "asked for by " + message.principal();
      effects.add(new TellWorker(worker.get().address(), new ShutDownNode(reason)));
      reply(token, new Done());
    } else if (nodes.containsKey(message.nodeId())) {
      reply(
          token,
          new Refused(
              "bad-request",
              "Node '%s' runs no worker that could stop it.".formatted(message.nodeId()),
              "Run `gear node stop` on that machine."));
    } else {
      reply(
          token,
          new Refused(
              "not-found",
              "There is no node '%s'.".formatted(message.nodeId()),
              nodes.isEmpty() ? null : "There are: " + String.join(", ", nodes.keySet()) + "."));
    }
    return drain();
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

  // ---- time

  /** Time has passed. */
  List<Effect> onTick(Instant now) {
    loseMissing(now);
    for (AppEntry app : List.copyOf(apps.values())) {
      app.held.removeIf(held -> answerLate(app, held, now));
      if (app.launchedBy != null && now.isAfter(app.launchedBy)) {
        app.launchedBy = null;
        appMasterDied(app, "it did not start", now);
      }
      if (app.cancelBy != null && now.isAfter(app.cancelBy) && !app.ended()) {
        warn("Application %s did not stop; its app master is stopped", app.id());
        end(app, AppEntry.with(app.status, ApplicationState.CANCELLED, now, null));
        stopAppMaster(app);
        capacityChanged();
      }
    }
    launchDue(now);
    return drain();
  }

  private boolean answerLate(AppEntry app, HeldReply held, Instant now) {
    boolean late = now.isAfter(held.until());
    if (late) {
      reply(held.token(), new ApplicationReply(app.view()));
    }
    return late;
  }

  private void launchDue(Instant now) {
    if (workers.isEmpty() || !settled(now)) {
      return;
    }
    for (AppEntry app : apps.values()) {
      if (app.launchFrom != null && !app.ended() && !now.isBefore(app.launchFrom)) {
        launch(app, now);
      }
    }
  }

  private boolean settled(Instant now) {
    return !now.isBefore(settledFrom)
        || !aliveWorkers.isEmpty() && workers.keySet().containsAll(aliveWorkers);
  }

  private void launch(AppEntry app, Instant now) {
    RegisterWorker worker =
        workers.values().stream()
            .min(Comparator.comparingLong(this::load).thenComparing(RegisterWorker::workerId))
            .orElseThrow();
    app.launchFrom = null;
    app.launchedBy = now.plus(limits.launch());
    app.workerId = worker.workerId();
    effects.add(
        new TellWorker(
            worker.address(), new LaunchAppMaster(app.spec, app.epoch(), masterAddress)));
  }

  private long load(RegisterWorker worker) {
    long masters =
        apps.values().stream()
            .filter(app -> !app.ended() && worker.workerId().equals(app.workerId))
            .count();
    return masters + worker.slots() - freeSlots(worker.workerId());
  }

  // ---- ends

  private void fail(AppEntry app, Failure failure, Instant now) {
    end(app, AppEntry.with(app.status, ApplicationState.FAILED, now, failure));
  }

  /** The end is written down before anything else happens. */
  private void end(AppEntry app, ApplicationStatus status) {
    app.status = status;
    app.waiting = false;
    app.launchFrom = null;
    app.launchedBy = null;
    app.cancelBy = null;
    save(app);
    Failure failure = status.failure();
    if (failure == null) {
      note("Application %s is %s", app.id(), status.state());
    } else {
      warn("Application %s is %s: %s", app.id(), status.state(), failure.message());
    }
    answerHeld(
        app,
        status.state() == ApplicationState.FAILED && failure != null
            ? new Refused(failure.code(), failure.message(), failure.hint())
            : new ApplicationReply(app.view()));
    forgetOldest();
  }

  private void answerHeld(AppEntry app, MasterToClient message) {
    app.held.forEach(held -> reply(held.token(), message));
    app.held.clear();
  }

  private void forgetOldest() {
    List<AppEntry> ended =
        apps.values().stream()
            .filter(AppEntry::ended)
            .sorted(
                Comparator.comparing(
                    (AppEntry app) ->
                        Objects.requireNonNullElse(app.status.endedAt(), app.spec.submittedAt())))
            .toList();
    for (int i = 0; i < ended.size() - limits.history(); i++) {
      apps.remove(ended.get(i).id());
      superseded.remove(ended.get(i).id());
      effects.add(new ForgetApplication(ended.get(i).id()));
    }
  }

  private void save(AppEntry app) {
    effects.add(new SaveApplication(app.spec, app.status));
  }

  private void reply(long token, MasterToClient message) {
    effects.add(new Reply(token, message));
  }

  private void note(String format, Object... values) {
    effects.add(new Note(false, format.formatted(values)));
  }

  private void warn(String format, Object... values) {
    effects.add(new Note(true, format.formatted(values)));
  }

  private List<Effect> drain() {
    List<Effect> drained = effects;
    effects = new ArrayList<>();
    return drained;
  }

  /** What the store tells of an application. */
  record StoredApplication(ApplicationSpec spec, ApplicationStatus status) {}
}
