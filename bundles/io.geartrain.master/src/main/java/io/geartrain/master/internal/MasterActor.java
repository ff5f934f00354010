package io.geartrain.master.internal;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorRef;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.Props;
import akka.actor.Terminated;
import io.geartrain.actor.GearDispatchers;
import io.geartrain.actor.RoleContext;
import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.Leader;
import io.geartrain.coordination.LeaderElection.Candidacy;
import io.geartrain.coordination.LeaderListener;
import io.geartrain.coordination.Member;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.Registration;
import io.geartrain.master.internal.Bundles.Deployed;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.AppMasterToMaster.StatusReport;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.ClientToMaster;
import io.geartrain.protocol.ClientToMaster.CancelApplication;
import io.geartrain.protocol.ClientToMaster.DeleteSavepoint;
import io.geartrain.protocol.ClientToMaster.DeployBundle;
import io.geartrain.protocol.ClientToMaster.GetApplication;
import io.geartrain.protocol.ClientToMaster.GetCluster;
import io.geartrain.protocol.ClientToMaster.ListApplications;
import io.geartrain.protocol.ClientToMaster.ListBundles;
import io.geartrain.protocol.ClientToMaster.ListCheckpoints;
import io.geartrain.protocol.ClientToMaster.ListNodes;
import io.geartrain.protocol.ClientToMaster.ListSavepoints;
import io.geartrain.protocol.ClientToMaster.ListSchedulers;
import io.geartrain.protocol.ClientToMaster.SetScheduler;
import io.geartrain.protocol.ClientToMaster.StopNode;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.ClientToMaster.TakeCheckpoint;
import io.geartrain.protocol.ClientToMaster.UndeployBundle;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.BundleReply;
import io.geartrain.protocol.MasterToClient.BundlesReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.spi.BundleProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master of a node: stands for election, and while it leads turns messages into events of
 * {@link MasterState} and carries out what that decides, in order. Effects wait while the store is
 * out of reach. On the {@code gear.control} dispatcher, for it blocks on the store.
 */
final class MasterActor extends AbstractActorWithTimers {
  /** Code of an answer of a master that does not lead: nothing was done, ask the leader. */
  static final String NOT_LEADER = "not-leader";

  private static final Logger LOG = LoggerFactory.getLogger(MasterActor.class);
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration STORE_RETRY = Duration.ofMillis(500);
  private static final Duration DEPLOY_LIMIT = Duration.ofSeconds(5);
  private static final String PENDING = "PENDING";

  private final RoleContext context;
  private final MasterServices services;
  private final String address;

  private final List<Registration> registrations = new ArrayList<>();
  private final Runnable schedulersChanged = this::tellSchedulersChanged;
  private final Map<String, RegisterWorker> early = new LinkedHashMap<>();
  private final Map<String, ActorRef> workerRefs = new HashMap<>();
  private final Map<Long, ActorRef> clients = new HashMap<>();
  private final List<Deploying> deploying = new ArrayList<>();
  private final ActorRef me = getSelf();
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "gear-master-background");
            made.setDaemon(true);
            return made;
          });
  private Candidacy candidacy;
  private Map<String, NodeInfo> nodes = new TreeMap<>();
  private Set<String> aliveWorkers = Set.of();
  private long lastToken;

  private Epoch epoch;
  private Reign reign;
  private boolean suspended;

  private MasterActor(RoleContext context, MasterServices services) {
    this.context = context;
    this.services = services;
    this.address = context.runtime().addressOf(getSelf());
  }

  static Props props(RoleContext context, MasterServices services) {
    return Props.create(MasterActor.class, () -> new MasterActor(context, services))
        .withDispatcher(GearDispatchers.CONTROL);
  }

  // ---- life

  @Override
  public void preStart() {
    services.readiness().waiting("no leader yet");
    getTimers().startTimerWithFixedDelay("tick", new Tick(), TICK);
    services.schedulers().addListener(schedulersChanged);
    registrations.add(
        services
            .membership()
            .watch(Membership.NODES, members -> tellSelf(new NodesChanged(members))));
    registrations.add(
        services
            .membership()
            .watch(Membership.WORKERS, members -> tellSelf(new WorkersChanged(members))));
    registrations.add(services.election().watchLeader(leader -> tellSelf(new LeaderSeen(leader))));
    candidacy =
        services
            .election()
            .start(
                context.runtime().nodeId(),
                address,
                new LeaderListener() {
                  @Override
                  public void onElected(Epoch begun) {
                    tellSelf(new Elected(begun));
                  }

                  @Override
                  public void onSuspended() {
                    tellSelf(new Suspended());
                  }

                  @Override
                  public void onResumed() {
                    tellSelf(new Resumed());
                  }

                  @Override
                  public void onDemoted(String reason) {
                    tellSelf(new Demoted(reason));
                  }
                });
  }

  private void tellSelf(Object event) {
    me.tell(event, ActorRef.noSender());
  }

  private void tellSchedulersChanged() {
    tellSelf(new SchedulersChanged());
  }

  @Override
  public void postStop() {
    registrations.forEach(Registration::close);
    services.schedulers().removeListener(schedulersChanged);
    if (candidacy != null) {
      candidacy.close();
    }
    stepDown("the master ends");
    background.shutdown();
    services.readiness().waiting("stopped");
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Tick.class, tick -> onTick())
        .match(Elected.class, this::onElected)
        .match(Demoted.class, event -> stepDown(event.reason()))
        .match(Suspended.class, event -> onSuspended())
        .match(Resumed.class, event -> onResumed())
        .match(StoreRetry.class, event -> goOn())
        .match(LeaderSeen.class, event -> onLeaderSeen(event.leader()))
        .match(NodesChanged.class, event -> onNodes(event.members()))
        .match(WorkersChanged.class, event -> onWorkers(event.members()))
        .match(SchedulersChanged.class, event -> ifLeading(state -> state.onSchedulersChanged()))
        .match(Scheduled.class, this::onScheduled)
        .match(Terminated.class, this::onTerminated)
        .match(RegisterWorker.class, this::onRegisterWorker)
        .match(
            AppMasterLaunched.class,
            message -> ifLeading(state -> state.onAppMasterLaunched(message, now())))
        .match(
            AppMasterTerminated.class,
            message -> ifLeading(state -> state.onAppMasterTerminated(message, now())))
        .match(
            RequestSlots.class,
            message -> ifLeading(state -> state.onRequestSlots(message, senderAddress(), now())))
        .match(
            StatusReport.class,
            message ->
                ifLeading(state -> state.onStatusReport(message.status(), senderAddress(), now())))
        .match(
            CheckpointAnswer.class,
            message -> ifLeading(state -> state.onCheckpointAnswer(message)))
        .match(ClientToMaster.class, this::onClient)
        .build();
  }

  private String senderAddress() {
    ActorRef sender = getSender();
    return sender == null || sender.equals(getContext().getSystem().deadLetters())
        ? null
        : context.runtime().addressOf(sender);
  }

  private Instant now() {
    return services.clock().instant();
  }

  // ---- leadership

  private void onElected(Elected event) {
    stepDown("a new reign begins");
    epoch = event.epoch();
    begin();
  }

  private void begin() {
    Reign begun =
        new Reign(
            epoch,
            services.store(),
            services.files(),
            new MasterState(
                context.runtime().nodeId(),
                epoch.value(),
                address,
                services.limits(),
                services.schedulers(),
                services.random()),
            new ToActors());
    reign = begun;
    suspended = false;
    try {
      begun.begin(services.defaultScheduler(), now());
    } catch (CoordinationException.Unavailable e) {
      LOG.warn("Elected, but the store does not answer yet: {}", e.getMessage());
      reign = null;
      return; // the next tick tries again
    }
    if (reign != begun) {
      return;
    }
    LOG.info("Node {} leads under epoch {}", context.runtime().nodeId(), epoch.value());
    services
        .readiness()
        .ready("%s leads, epoch %d".formatted(context.runtime().nodeId(), epoch.value()));
    ifLeading(state -> state.onNodes(nodes.values()));
    ifLeading(state -> state.onWorkersAlive(aliveWorkers, now()));
    List<RegisterWorker> came = List.copyOf(early.values());
    early.clear();
    came.forEach(this::register);
  }

  private void stepDown(String reason) {
    if (reign != null) {
      LOG.info("Epoch {} of this master is over: {}", epoch.value(), reason);
      services.readiness().waiting("no leader");
      reign.end();
    }
    epoch = null;
    reign = null;
    suspended = false;
    deploying.clear();
    workerRefs.values().forEach(ref -> getContext().unwatch(ref));
    workerRefs.clear();
    Refused over =
        new Refused(
            "unavailable",
            "The master stepped down before it answered.",
            "Look what has become of the request, then try again.");
    clients.values().forEach(client -> client.tell(over, getSelf()));
    clients.clear();
  }

  private void onSuspended() {
    suspended = true;
    if (reign != null) {
      reign.suspend();
    }
  }

  private void onResumed() {
    suspended = false;
    if (reign != null) {
      reign.resume();
    }
  }

  private void goOn() {
    if (reign != null) {
      reign.goOn();
    }
  }

  private void onLeaderSeen(Optional<Leader> leader) {
    if (reign == null) {
      leader
          .filter(other -> !other.id().equals(context.runtime().nodeId()))
          .ifPresentOrElse(
              other ->
                  services
                      .readiness()
                      .ready("stands by; %s leads, epoch %d".formatted(other.id(), other.epoch())),
              () -> services.readiness().waiting("no leader"));
    }
  }

  private interface Event {
    List<Effect> happensTo(MasterState state);
  }

  private void ifLeading(Event event) {
    if (reign != null) {
      reign.carryOut(event.happensTo(reign.state()));
    }
  }

  // ---- members

  private void onNodes(List<Member> members) {
    nodes = new TreeMap<>();
    for (Member member : members) {
      NodeInfo node = services.nodeInfo().read(member);
      if (node != null) {
        nodes.put(node.id(), node);
      }
    }
    ifLeading(state -> state.onNodes(nodes.values()));
  }

  private void onWorkers(List<Member> members) {
    aliveWorkers = members.stream().map(Member::id).collect(Collectors.toUnmodifiableSet());
    ifLeading(state -> state.onWorkersAlive(aliveWorkers, now()));
  }

  private void onRegisterWorker(RegisterWorker message) {
    if (reign == null) {
      early.put(message.workerId(), message);
    } else {
      register(message);
    }
  }

  private void register(RegisterWorker message) {
    ActorRef ref = context.runtime().resolve(message.address());
    ActorRef before = workerRefs.put(message.workerId(), ref);
    if (!ref.equals(before)) {
      if (before != null) {
        getContext().unwatch(before);
      }
      getContext().watch(ref);
    }
    ifLeading(state -> state.onRegisterWorker(message, now()));
  }

  private void onTerminated(Terminated message) {
    workerRefs.entrySet().stream()
        .filter(entry -> entry.getValue().equals(message.getActor()))
        .map(Map.Entry::getKey)
        .findFirst()
        .ifPresent(
            worker -> {
              workerRefs.remove(worker);
              ifLeading(state -> state.onWorkerLost(worker, "its actor has ended", now()));
            });
  }

  // ---- clients

  private void onClient(ClientToMaster message) {
    if (reign == null || suspended) {
      getSender()
          .tell(
              new Refused(
                  NOT_LEADER,
                  "Node %s does not lead.".formatted(context.runtime().nodeId()),
                  "Ask the leader."),
              getSelf());
      return;
    }
    long token = ++lastToken;
    clients.put(token, getSender());
    try {
      reign.carryOut(answer(token, message));
    } catch (BundleProblem e) {
      Refused refused = new Refused(e.code(), e.getMessage(), null);
      reign.carryOut(List.of(new Effect.Reply(token, refused)));
    } catch (CoordinationException.Fenced e) {
      stepDown(e.getMessage());
    } catch (CoordinationException e) {
      Refused refused = new Refused("unavailable", e.getMessage(), "Try again in a moment.");
      reply(token, refused);
    }
  }

  private List<Effect> answer(long token, ClientToMaster message) {
    MasterState state = reign.state();
    if (message instanceof SubmitApplication m) {
      StartingPoints.Written written =
          m.from() == null
              ? StartingPoints.Written.NONE
              : reign.checkpoints().written(m.from().application());
      return state.onSubmit(token, m, services.bundles().find(m.bundle()), written, now());
    } else if (message instanceof CancelApplication m) {
      return state.onCancel(token, m, now());
    } else if (message instanceof GetApplication m) {
      return state.onGet(token, m);
    } else if (message instanceof ListApplications) {
      return state.onList(token);
    } else if (message instanceof TakeCheckpoint m) {
      return state.onTakeCheckpoint(token, m, now());
    } else if (message instanceof ListCheckpoints m) {
      CheckpointRegistry written = reign.checkpoints();
      return state.onListCheckpoints(
          token, m, written.checkpoints(m.applicationId()), written.savepoints(m.applicationId()));
    } else if (message instanceof ListSavepoints m) {
      CheckpointRegistry written = reign.checkpoints();
      return state.onListSavepoints(
          token,
          m,
          m.applicationId() == null ? written.savepoints() : written.savepoints(m.applicationId()));
    } else if (message instanceof DeleteSavepoint m) {
      return state.onDeleteSavepoint(token, m, reign.checkpoints().savepoints(m.applicationId()));
    } else if (message instanceof DeployBundle m) {
      return deploy(token, m);
    } else if (message instanceof UndeployBundle m) {
      services.bundles().undeploy(reign.store(), m.name());
      LOG.info("Bundle {} is undeployed by {}", m.name(), m.principal());
      return List.of(new Effect.Reply(token, new Done()));
    } else if (message instanceof ListBundles) {
      List<BundleView> views = services.bundles().list(nodes.keySet(), state.usedBundles());
      return List.of(new Effect.Reply(token, new BundlesReply(views)));
    } else if (message instanceof ListSchedulers) {
      return state.onListSchedulers(token);
    } else if (message instanceof SetScheduler m) {
      return state.onSetScheduler(token, m);
    } else if (message instanceof GetCluster) {
      return state.onGetCluster(token);
    } else if (message instanceof ListNodes) {
      return state.onListNodes(token);
    } else if (message instanceof StopNode m) {
      return state.onStopNode(token, m);
    }
    throw new IllegalArgumentException("unknown message " + message);
  }

  /** The answer waits a little for the nodes, so that it can tell whether the bundle is usable. */
  private List<Effect> deploy(long token, DeployBundle message) {
    Deployed deployed =
        services.bundles().deploy(reign.store(), message.digest(), message.fileName());
    LOG.info(
        "Bundle {} {} ({}) is deployed by {}",
        deployed.bundle().name(),
        deployed.bundle().version(),
        message.fileName(),
        message.principal());
    deploying.add(new Deploying(token, deployed, now().plus(DEPLOY_LIMIT)));
    return answerDeployed();
  }

  private List<Effect> answerDeployed() {
    if (deploying.isEmpty()) {
      return List.of();
    }
    Map<String, BundleView> views = new HashMap<>();
    services
        .bundles()
        .list(nodes.keySet(), reign.state().usedBundles())
        .forEach(view -> views.put(view.digest(), view));
    List<Effect> replies = new ArrayList<>();
    for (Deploying each : List.copyOf(deploying)) {
      BundleView view = views.get(each.deployed().bundle().digest());
      boolean late = now().isAfter(each.until());
      if (view == null && late) {
        deploying.remove(each);
        replies.add(
            new Effect.Reply(
                each.token(),
                new Refused("not-found", "The bundle was removed again meanwhile.", null)));
      } else if (view != null && (late || !view.state().equals(PENDING))) {
        deploying.remove(each);
        replies.add(
            new Effect.Reply(each.token(), new BundleReply(view, each.deployed().created())));
      }
    }
    return replies;
  }

  private void reply(long token, MasterToClient message) {
    ActorRef client = clients.remove(token);
    if (client != null) {
      client.tell(message, getSelf());
    }
  }

  // ---- effects

  private void onTick() {
    if (reign == null) {
      if (epoch != null && !suspended) {
        begin();
      }
      return;
    }
    try {
      reign.carryOut(answerDeployed());
    } catch (CoordinationException.Unavailable e) {
      LOG.debug("The answer to a deployment waits for the store", e);
    }
    ifLeading(state -> state.onTick(now()));
  }

  private void onScheduled(Scheduled event) {
    if (epoch != null && event.reign() == epoch.value()) {
      ifLeading(
          state ->
              state.onScheduled(event.applicationId(), event.appEpoch(), event.decisions(), now()));
    }
  }

  private void schedule(Effect.Schedule asked) {
    long reign = epoch.value();
    services
        .schedulers()
        .schedule(asked.scheduler(), asked.defaultScheduler(), asked.cluster(), asked.requests())
        .whenComplete(
            (decisions, error) -> {
              if (error != null) {
                LOG.error("No scheduler could be asked", error);
              } else {
                tellSelf(new Scheduled(reign, asked.applicationId(), asked.epoch(), decisions));
              }
            });
  }

  /** Carries the words of a reign to others. */
  private final class ToActors implements Reign.Outside {
    @Override
    public void tell(String to, ControlMessage message) {
      context.runtime().resolve(to).tell(message, getSelf());
    }

    @Override
    public void reply(long token, MasterToClient message) {
      MasterActor.this.reply(token, message);
    }

    @Override
    public void schedule(Effect.Schedule asked) {
      MasterActor.this.schedule(asked);
    }

    @Override
    public void inBackground(Runnable work) {
      background.execute(work);
    }

    @Override
    public void waitForStore() {
      getTimers().startSingleTimer("store", new StoreRetry(), STORE_RETRY);
    }

    @Override
    public void deposed(String reason) {
      stepDown(reason);
    }
  }

  // ---- events

  private record Tick() implements NoSerializationVerificationNeeded {}

  private record Elected(Epoch epoch) implements NoSerializationVerificationNeeded {}

  private record Demoted(String reason) implements NoSerializationVerificationNeeded {}

  private record Suspended() implements NoSerializationVerificationNeeded {}

  private record Resumed() implements NoSerializationVerificationNeeded {}

  private record StoreRetry() implements NoSerializationVerificationNeeded {}

  private record LeaderSeen(Optional<Leader> leader) implements NoSerializationVerificationNeeded {}

  private record NodesChanged(List<Member> members) implements NoSerializationVerificationNeeded {}

  private record WorkersChanged(List<Member> members)
      implements NoSerializationVerificationNeeded {}

  private record SchedulersChanged() implements NoSerializationVerificationNeeded {}

  private record Scheduled(
      long reign, String applicationId, long appEpoch, List<SchedulerHost.Signed> decisions)
      implements NoSerializationVerificationNeeded {}

  private record Deploying(long token, Deployed deployed, Instant until) {}
}
