package io.geartrain.master.internal;

import io.geartrain.master.internal.AppEntry.HeldReply;
import io.geartrain.master.internal.Effect.ForgetApplication;
import io.geartrain.master.internal.Effect.Note;
import io.geartrain.master.internal.Effect.RemoveCheckpoints;
import io.geartrain.master.internal.Effect.RemoveSavepoint;
import io.geartrain.master.internal.Effect.SaveScheduler;
import io.geartrain.master.internal.Effect.TellAppMaster;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ClientToMaster.CancelApplication;
import io.geartrain.protocol.ClientToMaster.DeleteSavepoint;
import io.geartrain.protocol.ClientToMaster.GetApplication;
import io.geartrain.protocol.ClientToMaster.ListCheckpoints;
import io.geartrain.protocol.ClientToMaster.ListSavepoints;
import io.geartrain.protocol.ClientToMaster.SetScheduler;
import io.geartrain.protocol.ClientToMaster.StopNode;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.ClientToMaster.TakeCheckpoint;
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
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.protocol.StartFrom;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleDescription.ApplicationEntry;
import io.geartrain.spi.ClusterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The logic of a leading master during one reign: an event goes in, decisions come out. No clock,
 * no input or output; owned by the thread of its shell.
 */
public final class MasterState {
  private final String nodeId;
  private final long epoch;
  private final String masterAddress;
  private final MasterLimits limits;
  private final RandomGenerator random;

  private final Map<String, AppEntry> apps = new LinkedHashMap<>();
  private final SortedMap<String, NodeInfo> nodes = new TreeMap<>();
  private final Effects effects = new Effects();
  private final WorkerRegistry workers = new WorkerRegistry();
  private final SlotAllocator slots = new SlotAllocator(apps, workers, effects);
  private final CheckpointDesk checkpoints = new CheckpointDesk(effects);
  private final StartingPoints startingPoints = new StartingPoints(apps);
  private final SubmissionCheck check;
  private final Views views;

  /** The last epoch of each application that no app master may live on under. */
  private final Map<String, Long> superseded = new LinkedHashMap<>();

  private Instant settledFrom;

  /**
   * A reign.
   *
   * @param nodeId id of the leader's node
   * @param epoch of the reign
   * @param masterAddress where app masters report to
   */
  public MasterState(
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
    this.check = new SubmissionCheck(schedulers);
    this.views = new Views(apps, workers, slots, schedulers);
    this.random = random;
  }

  // ---- the reign begins

  /**
   * The reign begins with what the store tells; whatever has not ended begins again.
   *
   * @param stored all applications written down
   */
  public List<Effect> onElected(
      Collection<StoredApplication> stored, String scheduler, Instant now) {
    slots.defaultScheduler(scheduler);
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
      removeCheckpointsOf(app);
      return;
    }
    superseded.put(app.id(), app.epoch());
    if (app.state() == ApplicationState.CANCELLING) {
      end(app, AppEntry.with(app.status, ApplicationState.CANCELLED, now, null));
      return;
    }
    app.beginAgain(app.epoch() + 1, now);
    effects.save(app);
    effects.note("Application %s begins again under epoch %d", app.id(), app.epoch());
  }

  // ---- workers and nodes

  /** A worker has come, or tells once more that it is there. */
  public List<Effect> onRegisterWorker(RegisterWorker message, Instant now) {
    register(message, now);
    launchDue(now);
    return drain();
  }

  private void register(RegisterWorker message, Instant now) {
    RegisterWorker before = workers.get(message.workerId());
    if (before != null && !before.address().equals(message.address())) {
      loseWorker(message.workerId(), "it was started again", now);
    }
    workers.put(message);
    effects.tell(message, new WorkerRegistered(epoch));
    if (before == null || !before.address().equals(message.address())) {
      effects.note("Worker %s has joined with %d slots", message.workerId(), message.slots());
      superseded.forEach((id, old) -> effects.tell(message, new StopAppMaster(id, old)));
    }
    slots.capacityChanged();
  }

  /** A worker is gone. */
  public List<Effect> onWorkerLost(String workerId, String reason, Instant now) {
    loseWorker(workerId, reason, now);
    slots.capacityChanged();
    launchDue(now);
    return drain();
  }

  /**
   * The workers that the store tells to be alive. One that was and is missing for some time is
   * lost; should it appear again, as after a session that was lost and found, it is taken back.
   */
  public List<Effect> onWorkersAlive(Set<String> alive, Instant now) {
    List<RegisterWorker> back = workers.onAlive(alive, now);
    for (RegisterWorker worker : back) {
      register(worker, now);
    }
    launchDue(now);
    return drain();
  }

  private void loseMissing(Instant now) {
    for (RegisterWorker worker : workers.takeMissing(limits.missing(), now)) {
      loseWorker(worker.workerId(), "its session has ended", now);
      workers.vanished(worker);
      slots.capacityChanged();
    }
  }

  /** The nodes of the cluster. */
  public List<Effect> onNodes(Collection<NodeInfo> members) {
    nodes.clear();
    members.forEach(node -> nodes.put(node.id(), node));
    return drain();
  }

  private void loseWorker(String workerId, String reason, Instant now) {
    if (!workers.remove(workerId)) {
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
  public List<Effect> onAppMasterLaunched(AppMasterLaunched message, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null || app.ended() || app.epoch() != message.epoch()) {
      RegisterWorker worker = workers.get(message.workerId());
      if (worker != null) {
        effects.tell(worker, new StopAppMaster(message.applicationId(), message.epoch()));
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
  public List<Effect> onAppMasterTerminated(AppMasterTerminated message, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null || app.ended() || app.epoch() != message.epoch()) {
      return drain();
    }
    appMasterDied(app, message.reason(), now);
    slots.capacityChanged();
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
    checkpoints.appMasterGone(app, "the application began again meanwhile, for " + why);
    superseded.put(app.id(), app.epoch());
    stopAppMaster(app);
    int earlier = app.relaunches.size();
    Duration pause = earlier <= 1 ? Duration.ZERO : Duration.ofSeconds(1L << (earlier - 2));
    app.beginAgain(app.epoch() + 1, now.plus(pause));
    effects.save(app);
    effects.warn("Application %s begins again under epoch %d: %s", app.id(), app.epoch(), why);
  }

  private void stopAppMaster(AppEntry app) {
    RegisterWorker worker = workers.get(app.workerId);
    if (worker != null) {
      effects.tell(worker, new StopAppMaster(app.id(), app.epoch()));
    }
  }

  /**
   * How an application is; a report of an older epoch, or on one that has ended, is dropped.
   *
   * @param sender address of the app master; null if unknown
   */
  public List<Effect> onStatusReport(ApplicationStatus report, String sender, Instant now) {
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
      slots.capacityChanged();
      launchDue(now);
      return drain();
    }
    ApplicationState state = later(before, report.state());
    app.status = AppEntry.with(report, state, null, report.failure());
    if (state != before) {
      effects.note("Application %s is %s", app.id(), state);
      effects.save(app);
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

  /** An app master tells what has become of a checkpoint that was asked for. */
  public List<Effect> onCheckpointAnswer(CheckpointAnswer answer) {
    AppEntry app = apps.get(answer.applicationId());
    if (app != null && app.epoch() == answer.epoch()) {
      checkpoints.answered(answer);
    }
    return drain();
  }

  // ---- slots

  /**
   * An app master asks for slots.
   *
   * @param sender its address; null if unknown
   */
  public List<Effect> onRequestSlots(RequestSlots message, String sender, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null || app.ended() || app.epoch() != message.epoch()) {
      return drain();
    }
    heardFrom(app, sender);
    slots.request(app, message);
    return drain();
  }

  /** Schedulers have come or gone: what waits is decided again. */
  public List<Effect> onSchedulersChanged() {
    slots.capacityChanged();
    return drain();
  }

  /**
   * A scheduler's decisions, checked against the cluster it was shown.
   *
   * @param decisions one for each slice, in order
   */
  public List<Effect> onScheduled(
      String applicationId, long appEpoch, List<SchedulerHost.Signed> decisions, Instant now) {
    slots.answered(applicationId, appEpoch, decisions);
    return drain();
  }

  /** The workers as schedulers see them. */
  ClusterSnapshot snapshot() {
    return slots.snapshot();
  }

  // ---- clients

  /**
   * Somebody submits an application.
   *
   * @param token names the client
   * @param bundle the bundle that was asked for
   */
  public List<Effect> onSubmit(
      long token, SubmitApplication message, BundleDescription bundle, Instant now) {
    return onSubmit(token, message, bundle, StartingPoints.Written.NONE, now);
  }

  /**
   * Somebody submits an application.
   *
   * @param token names the client
   * @param bundle the bundle that was asked for
   * @param written what is written down of the application that it is to be started from
   */
  List<Effect> onSubmit(
      long token,
      SubmitApplication message,
      BundleDescription bundle,
      StartingPoints.Written written,
      Instant now) {
    Refused refused = check.refusalOf(message, bundle);
    StartFrom from = null;
    if (refused == null && message.from() != null) {
      StartingPoints.Found found = startingPoints.find(message.from(), written);
      refused = found.refused();
      from = found.from();
    }
    if (refused != null) {
      effects.reply(token, refused);
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
            now,
            from);
    AppEntry app = new AppEntry(spec, AppEntry.submitted(spec.id(), 1));
    app.launchFrom = now;
    app.held.add(new HeldReply(token, now.plus(limits.planning())));
    apps.put(app.id(), app);
    effects.save(app);
    String beginning = from == null ? "" : ", to go on from " + from.label();
    effects.note("Application %s is submitted by %s%s", app.id(), spec.principal(), beginning);
    launchDue(now);
    return drain();
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
  public List<Effect> onCancel(long token, CancelApplication message, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null) {
      effects.reply(token, unknownApplication(message.applicationId()));
      return drain();
    }
    if (app.ended() && app.state() != ApplicationState.CANCELLED) {
      effects.reply(
          token,
          new Refused(
              "already-ended",
              "Application %s is %s already.".formatted(app.id(), app.state()),
              null));
      return drain();
    }
    if (app.mayRun()) {
      cancel(app, message.principal(), now);
    }
    effects.reply(token, new ApplicationReply(app.view()));
    return drain();
  }

  private void cancel(AppEntry app, String principal, Instant now) {
    effects.note("Application %s is cancelled by %s", app.id(), principal);
    app.cancelledBy = principal;
    if (app.workerId == null) {
      end(app, AppEntry.with(app.status, ApplicationState.CANCELLED, now, null));
      return;
    }
    app.cancelBy = now.plus(limits.cancel());
    app.status = AppEntry.with(app.status, ApplicationState.CANCELLING, null, null);
    effects.save(app);
    tellAppMaster(app, new StopApplication(app.id(), principal));
    answerHeld(app, new ApplicationReply(app.view()));
  }

  /** Somebody asks for a checkpoint. */
  public List<Effect> onTakeCheckpoint(long token, TakeCheckpoint message, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null) {
      effects.reply(token, unknownApplication(message.applicationId()));
    } else {
      checkpoints.ask(token, app, message, now);
    }
    return drain();
  }

  /**
   * Somebody asks for the checkpoints of an application.
   *
   * @param standing those that stand
   * @param savepoints those of its savepoints that stand
   */
  public List<Effect> onListCheckpoints(
      long token,
      ListCheckpoints message,
      List<StandingCheckpoint> standing,
      List<StandingCheckpoint> savepoints) {
    if (apps.containsKey(message.applicationId()) || !savepoints.isEmpty()) {
      checkpoints.list(token, message.applicationId(), standing, savepoints);
    } else {
      effects.reply(token, unknownApplication(message.applicationId()));
    }
    return drain();
  }

  /**
   * Somebody asks for savepoints.
   *
   * @param savepoints those that stand
   */
  public List<Effect> onListSavepoints(
      long token, ListSavepoints message, List<StandingCheckpoint> savepoints) {
    String id = message.applicationId();
    if (id == null || apps.containsKey(id) || !savepoints.isEmpty()) {
      checkpoints.listSavepoints(token, id, savepoints);
    } else {
      effects.reply(token, unknownApplication(id));
    }
    return drain();
  }

  /**
   * Somebody deletes a savepoint.
   *
   * @param savepoints those of the application that stand
   */
  public List<Effect> onDeleteSavepoint(
      long token, DeleteSavepoint message, List<StandingCheckpoint> savepoints) {
    String id = message.applicationId();
    if (savepoints.isEmpty() && !apps.containsKey(id)) {
      effects.reply(token, unknownApplication(id));
    } else if (savepoints.stream().noneMatch(each -> each.number() == message.number())) {
      effects.reply(
          token,
          new Refused(
              "unknown-savepoint",
              "Application %s has no savepoint %d.".formatted(id, message.number()),
              "`gear savepoints %s` lists them.".formatted(id)));
    } else if (!startingPoints.users(id, message.number()).isEmpty()) {
      String user = startingPoints.users(id, message.number()).get(0);
      effects.reply(
          token,
          new Refused(
              "savepoint-in-use",
              "Application %s was started from savepoint %s/%d and has no checkpoint of its own yet."
                  .formatted(user, id, message.number()),
              "Take one (gear savepoint %s), or cancel it first.".formatted(user)));
    } else {
      effects.note("Savepoint %s/%d is deleted by %s", id, message.number(), message.principal());
      effects.add(new RemoveSavepoint(id, message.number()));
      effects.reply(token, new Done());
    }
    return drain();
  }

  /** Somebody asks for one application. */
  public List<Effect> onGet(long token, GetApplication message) {
    AppEntry app = apps.get(message.applicationId());
    effects.reply(
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
  public List<Effect> onList(long token) {
    effects.reply(token, new ApplicationsReply(views.applications()));
    return drain();
  }

  /** Somebody asks for the schedulers. */
  public List<Effect> onListSchedulers(long token) {
    String chosen = slots.defaultScheduler();
    effects.reply(token, new SchedulersReply(chosen, views.schedulers(chosen)));
    return drain();
  }

  /** Somebody chooses the default scheduler. */
  public List<Effect> onSetScheduler(long token, SetScheduler message) {
    if (!check.knowsScheduler(message.name())) {
      effects.reply(token, check.unknownScheduler(message.name()));
      return drain();
    }
    slots.defaultScheduler(message.name());
    effects.note("Scheduler %s is made the default by %s", message.name(), message.principal());
    effects.add(new SaveScheduler(message.name()));
    effects.reply(token, new Done());
    slots.capacityChanged();
    return drain();
  }

  /** Somebody asks for the cluster. */
  public List<Effect> onGetCluster(long token) {
    effects.reply(token, new ClusterReply(views.cluster(nodes.values(), nodeId, epoch)));
    return drain();
  }

  /** Somebody asks for the nodes. */
  public List<Effect> onListNodes(long token) {
    effects.reply(token, new NodesReply(views.nodes(nodes.values(), nodeId)));
    return drain();
  }

  private String nodeOf(String workerId) {
    RegisterWorker worker = workers.get(workerId);
    return worker == null ? "that ran it" : worker.nodeId();
  }

  /** Somebody stops a node. */
  public List<Effect> onStopNode(long token, StopNode message) {
    Optional<RegisterWorker> worker = workers.onNode(message.nodeId());
    if (worker.isPresent()) {
      String reason = "asked for by " + message.principal();
      effects.tell(worker.get(), new ShutDownNode(reason));
      effects.reply(token, new Done());
    } else if (nodes.containsKey(message.nodeId())) {
      effects.reply(
          token,
          new Refused(
              "bad-request",
              "Node '%s' runs no worker that could stop it.".formatted(message.nodeId()),
              "Run `gear node stop` on that machine."));
    } else {
      effects.reply(
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
    return views.usedBundles();
  }

  // ---- time

  /** Time has passed. */
  public List<Effect> onTick(Instant now) {
    loseMissing(now);
    checkpoints.tick(now);
    for (AppEntry app : List.copyOf(apps.values())) {
      app.held.removeIf(held -> answerLate(app, held, now));
      if (app.launchedBy != null && now.isAfter(app.launchedBy)) {
        app.launchedBy = null;
        appMasterDied(app, "it did not start", now);
      }
      if (app.cancelBy != null && now.isAfter(app.cancelBy) && !app.ended()) {
        effects.warn("Application %s did not stop; its app master is stopped", app.id());
        end(app, AppEntry.with(app.status, ApplicationState.CANCELLED, now, null));
        stopAppMaster(app);
        slots.capacityChanged();
      }
    }
    launchDue(now);
    return drain();
  }

  private boolean answerLate(AppEntry app, HeldReply held, Instant now) {
    boolean late = now.isAfter(held.until());
    if (late) {
      effects.reply(held.token(), new ApplicationReply(app.view()));
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
    return !now.isBefore(settledFrom) || workers.allRegistered();
  }

  private void launch(AppEntry app, Instant now) {
    RegisterWorker worker =
        workers.all().stream()
            .min(Comparator.comparingLong(this::load).thenComparing(RegisterWorker::workerId))
            .orElseThrow();
    app.launchFrom = null;
    app.launchedBy = now.plus(limits.launch());
    app.workerId = worker.workerId();
    effects.tell(worker, new LaunchAppMaster(app.spec, app.epoch(), masterAddress));
  }

  private long load(RegisterWorker worker) {
    long masters =
        apps.values().stream()
            .filter(app -> !app.ended() && worker.workerId().equals(app.workerId))
            .count();
    return masters + worker.slots() - slots.freeSlots(worker.workerId());
  }

  // ---- ends

  private void fail(AppEntry app, Failure failure, Instant now) {
    end(app, AppEntry.with(app.status, ApplicationState.FAILED, now, failure));
  }

  /** The end is written down before anything else happens. */
  private void end(AppEntry app, ApplicationStatus status) {
    app.status = status;
    checkpoints.appMasterGone(app, "the application is " + status.state());
    app.waiting = false;
    app.launchFrom = null;
    app.launchedBy = null;
    app.cancelBy = null;
    effects.save(app);
    Failure failure = status.failure();
    if (failure == null) {
      effects.note("Application %s is %s", app.id(), status.state());
    } else {
      effects.warn("Application %s is %s: %s", app.id(), status.state(), failure.message());
    }
    answerHeld(
        app,
        status.state() == ApplicationState.FAILED && failure != null
            ? new Refused(failure.code(), failure.message(), failure.hint())
            : new ApplicationReply(app.view()));
    removeCheckpointsOf(app);
    forgetOldest();
  }

  /** What has completed goes on no more; what has failed or was cancelled may be gone on with. */
  private void removeCheckpointsOf(AppEntry app) {
    if (app.state() == ApplicationState.COMPLETED) {
      removeCheckpoints(app.id());
    }
  }

  private void removeCheckpoints(String id) {
    effects.add(new RemoveCheckpoints(id, startingPoints.neededOf(id)));
  }

  private void answerHeld(AppEntry app, MasterToClient message) {
    app.held.forEach(held -> effects.reply(held.token(), message));
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
      checkpoints.forget(ended.get(i).id());
      removeCheckpoints(ended.get(i).id());
      effects.add(new ForgetApplication(ended.get(i).id()));
    }
  }

  private List<Effect> drain() {
    return effects.drain();
  }

  /** What the store tells of an application. */
  public record StoredApplication(ApplicationSpec spec, ApplicationStatus status) {}
}
