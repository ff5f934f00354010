package io.geartrain.master.internal;

import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.ApplicationSpec;
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
import io.geartrain.protocol.MasterToClient.ApplicationsReply;
import io.geartrain.protocol.MasterToClient.ClusterReply;
import io.geartrain.protocol.MasterToClient.NodesReply;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.ClusterSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The logic of a leading master during one reign: an event goes in, decisions come out. Hands each
 * event to those whose duty it is. No clock, no input or output; owned by the thread of its shell.
 */
public final class MasterState {
  private final String nodeId;
  private final long epoch;
  private final MasterLimits limits;

  private final Map<String, AppEntry> apps = new LinkedHashMap<>();
  private final Effects effects = new Effects();
  private final WorkerRegistry workers = new WorkerRegistry();
  private final NodeDesk nodes = new NodeDesk(workers, effects);
  private final SlotAllocator slots = new SlotAllocator(apps, workers, effects);
  private final UnfinishedCheckpoints unfinished = new UnfinishedCheckpoints();
  private final CheckpointDesk checkpoints = new CheckpointDesk(unfinished, effects);
  private final StartingPoints startingPoints = new StartingPoints(apps);
  private final CheckpointCatalog catalog =
      new CheckpointCatalog(apps, unfinished, startingPoints, effects);
  private final HeldReplies held;
  private final AppMasters appMasters;
  private final History history;
  private final Lives lives;
  private final Cancellations cancellations;
  private final WorkerWatch watch;
  private final SchedulerDesk schedulerDesk;
  private final Submissions submissions;
  private final Views views;

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
    this.limits = limits;
    this.held = new HeldReplies(limits.planning(), effects);
    this.appMasters = new AppMasters(masterAddress, limits.launch(), apps, workers, slots, effects);
    this.history =
        new History(limits.history(), apps, appMasters, unfinished, startingPoints, effects);
    Endings endings = new Endings(history, checkpoints, held, effects);
    this.lives = new Lives(limits, appMasters, endings, history, checkpoints, held, effects);
    this.cancellations =
        new Cancellations(limits.cancel(), appMasters, endings, slots, held, effects);
    this.watch =
        new WorkerWatch(epoch, limits.missing(), apps, workers, appMasters, lives, slots, effects);
    SubmissionCheck check = new SubmissionCheck(schedulers);
    this.schedulerDesk = new SchedulerDesk(check, slots, effects);
    this.submissions = new Submissions(apps, check, startingPoints, held, effects, random);
    this.views = new Views(apps, workers, slots, schedulers);
  }

  /**
   * The reign begins with what the store tells; whatever has not ended begins again.
   *
   * @param stored all applications written down
   */
  public List<Effect> onElected(
      Collection<StoredApplication> stored, String scheduler, Instant now) {
    slots.defaultScheduler(scheduler);
    appMasters.settleUntil(now.plus(limits.settle()));
    stored.stream()
        .sorted(Comparator.comparing((StoredApplication app) -> app.spec().submittedAt()))
        .forEach(app -> recover(app, now));
    history.forgetOldest();
    return launchDue(now);
  }

  private void recover(StoredApplication stored, Instant now) {
    AppEntry app = new AppEntry(stored.spec(), stored.status());
    apps.put(app.id(), app);
    lives.recover(app, now);
  }

  // ---- workers and nodes

  /** A worker has come, or tells once more that it is there. */
  public List<Effect> onRegisterWorker(RegisterWorker message, Instant now) {
    watch.register(message, now);
    return launchDue(now);
  }

  /** A worker is gone. */
  public List<Effect> onWorkerLost(String workerId, String reason, Instant now) {
    watch.lose(workerId, reason, now);
    return launchDue(now);
  }

  /** The workers that the store tells to be alive. */
  public List<Effect> onWorkersAlive(Set<String> alive, Instant now) {
    watch.alive(alive, now);
    return launchDue(now);
  }

  /** The nodes of the cluster. */
  public List<Effect> onNodes(Collection<NodeInfo> members) {
    nodes.members(members);
    return effects.drain();
  }

  // ---- app masters

  /** An app master runs. */
  public List<Effect> onAppMasterLaunched(AppMasterLaunched message, Instant now) {
    AppEntry app = led(message.applicationId(), message.epoch());
    if (app == null) {
      appMasters.stop(message.workerId(), message.applicationId(), message.epoch());
    } else {
      appMasters.launched(app, message.address());
    }
    return effects.drain();
  }

  /** An app master is gone, asked for or not. */
  public List<Effect> onAppMasterTerminated(AppMasterTerminated message, Instant now) {
    AppEntry app = led(message.applicationId(), message.epoch());
    if (app == null) {
      return effects.drain();
    }
    lives.appMasterDied(app, message.reason(), now);
    slots.capacityChanged();
    return launchDue(now);
  }

  /**
   * How an application is; a report of an older epoch, or on one that has ended, is dropped.
   *
   * @param sender address of the app master; null if unknown
   */
  public List<Effect> onStatusReport(ApplicationStatus report, String sender, Instant now) {
    AppEntry app = led(report.applicationId(), report.epoch());
    if (app == null) {
      return effects.drain();
    }
    appMasters.heardFrom(app, sender);
    if (!lives.reported(app, report, now)) {
      return effects.drain();
    }
    slots.capacityChanged();
    return launchDue(now);
  }

  /**
   * An app master asks for slots.
   *
   * @param sender its address; null if unknown
   */
  public List<Effect> onRequestSlots(RequestSlots message, String sender, Instant now) {
    AppEntry app = led(message.applicationId(), message.epoch());
    if (app != null) {
      appMasters.heardFrom(app, sender);
      slots.request(app, message);
    }
    return effects.drain();
  }

  /** The application, if it has not ended and this is its epoch; null if not. */
  private AppEntry led(String id, long appEpoch) {
    AppEntry app = apps.get(id);
    return app == null || app.ended() || app.epoch() != appEpoch ? null : app;
  }

  /** An app master tells what has become of a checkpoint that was asked for. */
  public List<Effect> onCheckpointAnswer(CheckpointAnswer answer) {
    AppEntry app = apps.get(answer.applicationId());
    if (app != null && app.epoch() == answer.epoch()) {
      checkpoints.answered(answer);
    }
    return effects.drain();
  }

  // ---- schedulers

  /** Schedulers have come or gone: what waits is decided again. */
  public List<Effect> onSchedulersChanged() {
    slots.capacityChanged();
    return effects.drain();
  }

  /**
   * A scheduler's decisions, checked against the cluster it was shown.
   *
   * @param decisions one for each slice, in order; none if nobody could decide
   */
  public List<Effect> onScheduled(
      String applicationId, long appEpoch, List<SchedulerHost.Signed> decisions, Instant now) {
    slots.answered(applicationId, appEpoch, decisions);
    return effects.drain();
  }

  /** The workers as schedulers see them. */
  ClusterSnapshot snapshot() {
    return slots.snapshot();
  }

  // ---- clients: applications

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
    boolean taken = submissions.submit(token, message, bundle, written, now);
    return taken ? launchDue(now) : effects.drain();
  }

  /** A new application can't be written down, nor ever will be: it is refused. */
  List<Effect> onUnwritable(String id, String why) {
    AppEntry app = apps.remove(id);
    if (app != null) {
      appMasters.stop(app);
      submissions.refuse(app, why);
    }
    return effects.drain();
  }

  /** Somebody stops an application. */
  public List<Effect> onCancel(long token, CancelApplication message, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null) {
      effects.reply(token, Views.noApplication(message.applicationId()));
    } else {
      cancellations.ask(token, app, message, now);
    }
    return effects.drain();
  }

  /** Somebody asks for one application. */
  public List<Effect> onGet(long token, GetApplication message) {
    effects.reply(token, views.application(message.applicationId()));
    return effects.drain();
  }

  /** Somebody asks for all applications. */
  public List<Effect> onList(long token) {
    effects.reply(token, new ApplicationsReply(views.applications()));
    return effects.drain();
  }

  // ---- clients: checkpoints

  /** Somebody asks for a checkpoint. */
  public List<Effect> onTakeCheckpoint(long token, TakeCheckpoint message, Instant now) {
    AppEntry app = apps.get(message.applicationId());
    if (app == null) {
      effects.reply(token, Views.noApplication(message.applicationId()));
    } else {
      checkpoints.ask(token, app, message, now);
    }
    return effects.drain();
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
    catalog.list(token, message.applicationId(), standing, savepoints);
    return effects.drain();
  }

  /**
   * Somebody asks for savepoints.
   *
   * @param savepoints those that stand
   */
  public List<Effect> onListSavepoints(
      long token, ListSavepoints message, List<StandingCheckpoint> savepoints) {
    catalog.listSavepoints(token, message.applicationId(), savepoints);
    return effects.drain();
  }

  /**
   * Somebody deletes a savepoint.
   *
   * @param savepoints those of the application that stand
   */
  public List<Effect> onDeleteSavepoint(
      long token, DeleteSavepoint message, List<StandingCheckpoint> savepoints) {
    catalog.delete(token, message, savepoints);
    return effects.drain();
  }

  // ---- clients: the cluster

  /** Somebody asks for the schedulers. */
  public List<Effect> onListSchedulers(long token) {
    String chosen = slots.defaultScheduler();
    effects.reply(token, new SchedulersReply(chosen, views.schedulers(chosen)));
    return effects.drain();
  }

  /** Somebody chooses the default scheduler. */
  public List<Effect> onSetScheduler(long token, SetScheduler message) {
    schedulerDesk.choose(token, message);
    return effects.drain();
  }

  /** Somebody asks for the cluster. */
  public List<Effect> onGetCluster(long token) {
    effects.reply(token, new ClusterReply(views.cluster(nodes.all(), nodeId, epoch)));
    return effects.drain();
  }

  /** Somebody asks for the nodes. */
  public List<Effect> onListNodes(long token) {
    effects.reply(token, new NodesReply(views.nodes(nodes.all(), nodeId)));
    return effects.drain();
  }

  /** Somebody stops a node. */
  public List<Effect> onStopNode(long token, StopNode message) {
    nodes.stop(token, message);
    return effects.drain();
  }

  /** Ids of the applications that run, by the digest of their bundle. */
  Map<String, List<String>> usedBundles() {
    return views.usedBundles();
  }

  // ---- time

  /** Time has passed. */
  public List<Effect> onTick(Instant now) {
    watch.tick(now);
    checkpoints.tick(now);
    for (AppEntry app : List.copyOf(apps.values())) {
      held.answerLate(app, now);
      lives.tick(app, now);
      cancellations.tick(app, now);
    }
    return launchDue(now);
  }

  private List<Effect> launchDue(Instant now) {
    appMasters.launchDue(now);
    return effects.drain();
  }

  /** What the store tells of an application. */
  public record StoredApplication(ApplicationSpec spec, ApplicationStatus status) {}
}
