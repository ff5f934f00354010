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
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.AppMasterToMaster.StatusReport;
import io.geartrain.protocol.ClientToMaster;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.MasterToClient;
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

  private final RoleContext context;
  private final MasterServices services;
  private final String address;

  private final List<Registration> registrations = new ArrayList<>();
  private final Runnable schedulersChanged = this::tellSchedulersChanged;
  private final Map<String, RegisterWorker> early = new LinkedHashMap<>();
  private final Map<String, ActorRef> workerRefs = new HashMap<>();
  private final Map<Long, ActorRef> clients = new HashMap<>();
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
  private BundleDesk bundles;
  private ClientRequests requests;
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
    bundles =
        new BundleDesk(services.bundles(), begun.store(), begun.state(), () -> nodes.keySet());
    requests = new ClientRequests(begun, services.bundles(), bundles);
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
    bundles = null;
    requests = null;
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
      reign.carryOut(requests.answer(token, message, now()));
    } catch (BundleProblem e) {
      Refused refused = new Refused(e.code(), e.getMessage(), null);
      reign.carryOut(List.of(new Effect.Reply(token, refused)));
    } catch (IllegalArgumentException e) {
      // no place of the store is called so, or what is to be written there is too long
      LOG.warn("A request of a client can't be carried out", e);
      reply(token, new Refused("bad-request", e.getMessage(), "Correct what the message names."));
    } catch (CoordinationException.Fenced e) {
      stepDown(e.getMessage());
    } catch (CoordinationException e) {
      Refused refused = new Refused("unavailable", e.getMessage(), "Try again in a moment.");
      reply(token, refused);
    }
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
      reign.carryOut(bundles.answerDeployed(now()));
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
                LOG.error("Nobody could decide", error);
              }
              tellSelf(
                  new Scheduled(
                      reign,
                      asked.applicationId(),
                      asked.epoch(),
                      error == null ? decisions : List.of()));
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
}
