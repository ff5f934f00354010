package io.geartrain.simulation.cluster;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.LeaderListener;
import io.geartrain.coordination.Member;
import io.geartrain.coordination.Membership;
import io.geartrain.master.internal.Effect;
import io.geartrain.master.internal.MasterState;
import io.geartrain.master.internal.Reign;
import io.geartrain.master.internal.SchedulerHost.Signed;
import io.geartrain.master.internal.Schedulers;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.AppMasterToMaster.StatusReport;
import io.geartrain.protocol.ClientToMaster.CancelApplication;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.SchedulerView;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.simulation.fault.Coverage.Sight;
import io.geartrain.simulation.time.Life;
import io.geartrain.simulation.time.Line;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.Decision;
import io.geartrain.spi.WorkerSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lets a master take part in the simulation instead of an actor system. */
final class MasterShell implements LeaderListener, Reign.Outside {
  private static final String SCHEDULER = "drawn";
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final World world;
  private final Machine machine;
  private final String address;
  private final Life life;
  private final Line mailbox;
  private final Line background;
  private final Map<String, RegisterWorker> early = new LinkedHashMap<>();
  private final Map<String, String> workers = new LinkedHashMap<>();
  private Set<String> alive = Set.of();
  private Epoch epoch;
  private Reign reign;
  private boolean suspended;

  MasterShell(World world, Machine machine) {
    this.world = world;
    this.machine = machine;
    this.address = machine.address("master");
    this.life = machine.life();
    this.mailbox = new Line(world.agenda(), life, "master", world.delays()::mailbox);
    this.background =
        new Line(world.agenda(), life, "master: works in the background", world.delays()::blocking);
  }

  /** Stands for election. */
  void start(LeaderElection election, Membership membership) {
    world.network().join(address, life, life, this::onMessage);
    membership.watch(
        Membership.WORKERS,
        members -> mailbox.execute("master: workers", () -> onWorkers(members)));
    election.start(machine.id(), address, this);
    world.agenda().every(world.tuning().tickNanos(), life, this::tick);
  }

  private Instant now() {
    return world.agenda().clock().instant();
  }

  // ---- leadership

  @Override
  public void onElected(Epoch begun) {
    mailbox.execute(
        "master: elected, epoch " + begun.value(),
        () -> {
          world.coverage().see(Sight.MASTER_ELECTED);
          stepDown();
          epoch = begun;
          begin();
        });
  }

  @Override
  public void onSuspended() {
    mailbox.execute(
        "master: suspended",
        () -> {
          suspended = true;
          if (reign != null) {
            reign.suspend();
          }
        });
  }

  @Override
  public void onResumed() {
    mailbox.execute(
        "master: resumed",
        () -> {
          suspended = false;
          if (reign != null) {
            reign.resume();
          }
        });
  }

  @Override
  public void onDemoted(String reason) {
    mailbox.execute("master: demoted", this::stepDown);
  }

  private void begin() {
    Reign begun =
        new Reign(
            epoch,
            new Metadata(world, machine.connection(), life),
            new Disk(world, life),
            new MasterState(
                machine.id(),
                epoch.value(),
                address,
                world.tuning().master(),
                new Drawn(),
                new java.util.Random(world.chance().bits())),
            this);
    reign = begun;
    suspended = false;
    try {
      begun.begin(SCHEDULER, now());
    } catch (CoordinationException.Unavailable e) {
      reign = null;
      return;
    }
    happens(state -> state.onWorkersAlive(alive, now()));
    List<RegisterWorker> came = List.copyOf(early.values());
    early.clear();
    came.forEach(this::register);
  }

  private void stepDown() {
    if (reign != null) {
      reign.end();
    }
    epoch = null;
    reign = null;
    suspended = false;
    workers.clear();
  }

  private void happens(Function<MasterState, List<Effect>> event) {
    if (reign != null) {
      reign.carryOut(event.apply(reign.state()));
    }
  }

  private void tick() {
    if (reign == null && epoch != null && !suspended) {
      begin();
    }
    happens(state -> state.onTick(now()));
  }

  // ---- members and messages

  private void onWorkers(List<Member> members) {
    alive = members.stream().map(Member::id).collect(Collectors.toCollection(TreeSet::new));
    happens(state -> state.onWorkersAlive(alive, now()));
  }

  private void onMessage(ControlMessage message, String sender) {
    if (message instanceof RegisterWorker m) {
      if (reign == null) {
        early.put(m.workerId(), m);
      } else {
        register(m);
      }
    } else if (message instanceof AppMasterLaunched m) {
      happens(state -> state.onAppMasterLaunched(m, now()));
    } else if (message instanceof AppMasterTerminated m) {
      happens(state -> state.onAppMasterTerminated(m, now()));
    } else if (message instanceof RequestSlots m) {
      happens(state -> state.onRequestSlots(m, sender, now()));
    } else if (message instanceof StatusReport m) {
      happens(state -> state.onStatusReport(m.status(), sender, now()));
    }
  }

  private void register(RegisterWorker message) {
    if (!message.address().equals(workers.put(message.workerId(), message.address()))) {
      Reign watching = reign;
      world
          .network()
          .watch(
              message.address(),
              address,
              () -> {
                if (reign == watching && workers.remove(message.workerId(), message.address())) {
                  lose(message.workerId());
                }
              });
    }
    happens(state -> state.onRegisterWorker(message, now()));
  }

  private void lose(String worker) {
    happens(state -> state.onWorkerLost(worker, "its machine is dead", now()));
  }

  // ---- what people and harm ask for

  /** Whether it leads and may act. */
  boolean leads() {
    return life.alive() && reign != null && !suspended;
  }

  /** Somebody submits the application. */
  void submit(SubmitApplication message, BundleDescription bundle) {
    mailbox.execute(
        "master: submit", () -> happens(state -> state.onSubmit(1, message, bundle, now())));
  }

  /** Somebody stops it. */
  void cancel(String application) {
    mailbox.execute(
        "master: cancel",
        () ->
            happens(state -> state.onCancel(2, new CancelApplication(application, "ada"), now())));
  }

  /** Takes a worker for lost that is not; false if no other worker is there. */
  boolean loseFalsely(String worker) {
    if (!leads() || !workers.containsKey(worker) || workers.size() < 2) {
      return false;
    }
    workers.remove(worker);
    mailbox.execute("master: loses " + worker + " falsely", () -> lose(worker));
    return true;
  }

  // ---- what the reign can't do itself

  @Override
  public void tell(String to, ControlMessage message) {
    world.network().send(address, to, message);
  }

  @Override
  public void reply(long token, MasterToClient message) {
    // the client looks at what is written down
  }

  @Override
  public void schedule(Effect.Schedule asked) {
    Reign asking = reign;
    world
        .agenda()
        .after(
            world.delays().blocking(),
            life,
            "schedule",
            () -> {
              List<Signed> decisions = decide(asked);
              mailbox.execute(
                  "master: scheduled",
                  () -> {
                    if (reign == asking) {
                      happens(
                          state ->
                              state.onScheduled(
                                  asked.applicationId(), asked.epoch(), decisions, now()));
                    }
                  });
            });
  }

  /** All on one worker, for executors on several can't exchange records yet. */
  private List<Signed> decide(Effect.Schedule asked) {
    int slices = asked.requests().size();
    List<String> fit =
        asked.cluster().workers().stream()
            .filter(worker -> worker.freeSlots() >= slices)
            .map(WorkerSnapshot::id)
            .toList();
    String chosen = fit.isEmpty() ? null : world.chance().oneOf(fit);
    return IntStream.range(0, slices)
        .mapToObj(i -> asked.requests().get(i))
        .map(
            request ->
                chosen == null
                    ? new Decision.Wait(request, "no worker has room")
                    : new Decision.Assign(request, chosen, "drawn"))
        .map(decision -> new Signed((Decision) decision, SCHEDULER, "drawn"))
        .toList();
  }

  @Override
  public void inBackground(Runnable work) {
    background.execute(work);
  }

  @Override
  public void waitForStore() {
    Reign waiting = reign;
    world
        .agenda()
        .after(
            RETRY_NANOS,
            life,
            "master: tries the store again",
            () -> {
              if (reign == waiting && reign != null) {
                reign.goOn();
              }
            });
  }

  @Override
  public void deposed(String reason) {
    stepDown();
  }

  private static final class Drawn implements Schedulers {
    @Override
    public SortedSet<String> names() {
      return new TreeSet<>(Set.of(SCHEDULER));
    }

    @Override
    public List<SchedulerView> views() {
      return List.of();
    }
  }
}
