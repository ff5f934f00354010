package io.geartrain.simulation.cluster;

import io.geartrain.actor.ProtocolJson;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Versioned;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.coordination.memory.InMemoryMetadataStore;
import io.geartrain.plan.ChannelMode;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.simulation.fault.Coverage;
import io.geartrain.simulation.fault.Coverage.Sight;
import io.geartrain.simulation.fault.Fault;
import io.geartrain.simulation.fault.Faults;
import io.geartrain.simulation.graph.Graph;
import io.geartrain.simulation.graph.Ledger;
import io.geartrain.simulation.time.Agenda;
import io.geartrain.simulation.time.Chance;
import io.geartrain.simulation.time.Life;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleDescription.ApplicationEntry;
import io.geartrain.state.MemoryCheckpointStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** All machines of a run, the client, and the harm that comes to them. One thread. */
public final class Cluster {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final List<Integer> SIZES = List.of(1, 1, 1, 2, 2, 3);
  private static final BundleDescription BUNDLE =
      new BundleDescription(
          "drawn", "1.0.0", "ab".repeat(32), List.of(new ApplicationEntry("drawn", "Drawn")));

  private final World world;
  private final Chance chance;
  private final Life life = Life.of("world");
  private final Map<String, Machine> machines = new TreeMap<>();
  private final InMemoryMetadataStore observer;
  private final ProtocolJson json = new ProtocolJson();
  private final List<String> damaged = new ArrayList<>();
  private final Map<String, String> settings;
  private ApplicationStatus status;
  private int statusVersion = -1;
  private long submitAt;
  private boolean cancelled;
  private Machine falselyLost;
  private boolean twoSeen;

  /**
   * A cluster that runs a graph.
   *
   * @param chance for all that happens
   * @param metadata as the roles are given them; as they are, but in tests that show what the fence
   *     is good for
   */
  public Cluster(
      Graph graph,
      Chance chance,
      Agenda agenda,
      Faults faults,
      Coverage coverage,
      UnaryOperator<MetadataStore> metadata) {
    this.chance = chance;
    Delays delays = new Delays(chance.fork());
    Medium medium = new Medium(chance.fork());
    InMemoryEnsemble ensemble = new InMemoryEnsemble();
    this.observer = ensemble.connect(Runnable::run);
    Network network =
        new Network(
            agenda,
            delays,
            chance.fork(),
            faults,
            coverage,
            chance.oneIn(8) ? new ProtocolJson() : null);
    this.world =
        new World(
            agenda,
            chance,
            delays,
            faults,
            coverage,
            network,
            ensemble,
            new MemoryCheckpointStore(medium),
            medium,
            new Ledger(coverage, this::standing),
            graph,
            Tuning.drawn(chance.fork()),
            metadata);
    this.settings = chance.oneIn(3) ? Map.of(ChannelMode.SETTING, "bytes") : Map.of();
    faults.by(this::happen);
    int count = chance.oneOf(SIZES);
    for (int i = 0; i < count; i++) {
      launch("n" + i, 1);
    }
    agenda.every(5 * MS, life, this::submit);
  }

  // ---- what is seen from outside

  /** What has become visible. */
  public Ledger ledger() {
    return world.ledger();
  }

  /** How the application is, as it is written down; null before it is. */
  public ApplicationStatus status() {
    Optional<String> id = application();
    if (id.isPresent()) {
      Optional<Versioned> found = observer.get("/apps/" + id.get() + "/state");
      if (found.isPresent() && found.get().version() != statusVersion) {
        statusVersion = found.get().version();
        try {
          status = json.read(found.get().data(), ApplicationStatus.class);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return status;
  }

  /** Whether a person has asked for the end. */
  public boolean cancelled() {
    return cancelled;
  }

  /** Checkpoints that were damaged after they stood. */
  public List<String> damaged() {
    return damaged;
  }

  /**
   * App masters and executors that live, but for those of a worker that was taken for lost: nobody
   * tells it so before another leads or its node is started again.
   */
  public List<String> processes() {
    return machines.values().stream()
        .filter(machine -> machine != falselyLost)
        .flatMap(machine -> machine.worker().children().stream())
        .map(child -> child.life().toString())
        .toList();
  }

  private Optional<String> application() {
    return observer.children("/apps").stream().findFirst();
  }

  private Optional<String> latest() {
    return application()
        .flatMap(id -> observer.get("/apps/" + id + "/ckpt/latest"))
        .map(Versioned::text)
        .filter(name -> !name.isEmpty());
  }

  private long standing() {
    return latest().map(name -> Long.parseLong(name.substring(0, name.indexOf('-')))).orElse(0L);
  }

  // ---- life

  private void launch(String id, int incarnation) {
    Machine machine = new Machine(world, life, id, incarnation);
    machines.put(id, machine);
    world.agenda().after(chance.below((int) (5 * MS)), machine.life(), "starts", machine::start);
  }

  /** A client that looks whether its application is written down, and submits it if it is not. */
  private void submit() {
    if (status() == null && world.agenda().now() > submitAt) {
      leader()
          .ifPresent(
              master -> {
                submitAt = world.agenda().now() + 2_000 * MS;
                master.submit(new SubmitApplication("drawn", null, settings, null, "ada"), BUNDLE);
              });
    }
    lookForTwo();
  }

  private void lookForTwo() {
    if (!twoSeen && children(AppMasterShell.class).size() > 1) {
      twoSeen = true;
      world.coverage().see(Sight.TWO_APP_MASTERS);
    }
  }

  private Optional<MasterShell> leader() {
    return machines.values().stream()
        .filter(machine -> machine.life().alive())
        .map(Machine::master)
        .filter(MasterShell::leads)
        .findFirst();
  }

  // ---- harm

  private boolean happen(Fault fault, Life at) {
    if (status() == null) {
      return false;
    }
    boolean happens =
        switch (fault) {
          case EXECUTOR_KILLED -> to(executor(at), ExecutorShell::kill);
          case EXECUTOR_ENDED -> to(executor(at), ExecutorShell::stop);
          case APP_MASTER_KILLED -> to(appMaster(at), AppMasterShell::kill);
          case NODE_KILLED -> to(machine(at), this::kill);
          case NODE_FROZEN -> to(machine(at), this::freeze);
          case SESSION_EXPIRED -> to(connected(at), this::expire);
          case CUT_OFF -> to(connected(at), this::cutOff);
          case METADATA_UNAVAILABLE ->
              to(machine(at), m -> m.connection().unavailableFor(chance.skewed(MS, 1_500 * MS)));
          case ANSWER_LOST -> to(machine(at), m -> m.connection().loseAnswer());
          case WORDS_LATE -> to(speaker(at), this::holdUp);
          case FALSELY_LOST -> loseFalsely(at);
          case TASK_THROWS -> to(executor(at), ExecutorShell::arm);
          case WRITE_FAILS -> to(disk(at), Disk::failWrite);
          case WRITE_DAMAGED -> to(Optional.of(world.medium()), Medium::damageNext);
          case UPLOAD_LATE -> to(executor(at), ExecutorShell::delayUpload);
          case DELETE_FAILS -> to(appMaster(at), master -> master.disk().failDelete());
          case STANDING_DAMAGED -> damage();
          case CANCELLED -> cancel();
        };
    if (happens) {
      world.agenda().note(at, "FAULT " + fault);
    }
    return happens;
  }

  private static <T> boolean to(Optional<T> victim, java.util.function.Consumer<T> harm) {
    victim.ifPresent(harm);
    return victim.isPresent();
  }

  private <T extends Child> List<T> children(Class<T> type) {
    return machines.values().stream()
        .flatMap(machine -> machine.worker().children().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The one at work, or else any. */
  private <T> Optional<T> one(List<T> all, Function<T, Life> lifeOf, Life at) {
    Optional<T> own = all.stream().filter(each -> at.isWithin(lifeOf.apply(each))).findFirst();
    return own.isPresent() || all.isEmpty() ? own : Optional.of(chance.oneOf(all));
  }

  private Optional<ExecutorShell> executor(Life at) {
    List<ExecutorShell> working =
        children(ExecutorShell.class).stream().filter(ExecutorShell::works).toList();
    return one(working, ExecutorShell::life, at);
  }

  private Optional<AppMasterShell> appMaster(Life at) {
    return one(children(AppMasterShell.class), AppMasterShell::life, at);
  }

  /** That of whoever is at work: an app master writes manifests, an executor snapshots. */
  private Optional<Disk> disk(Life at) {
    Optional<AppMasterShell> appMaster = appMaster(at).filter(master -> at.isWithin(master.life()));
    return appMaster.isPresent()
        ? appMaster.map(AppMasterShell::disk)
        : executor(at).map(ExecutorShell::disk);
  }

  private Optional<Machine> machine(Life at) {
    List<Machine> up = machines.values().stream().filter(m -> m.life().alive()).toList();
    return one(up, Machine::life, at);
  }

  private Optional<Machine> connected(Life at) {
    return machine(at).filter(machine -> machine.connection().session().session().connected());
  }

  private void kill(Machine machine) {
    machine.kill();
    long down = chance.skewed(5 * MS, 2_000 * MS);
    InMemoryMetadataStore session = machine.connection().session();
    if (chance.oneIn(2)) {
      world
          .agenda()
          .after(chance.between(0, down), life, "session of " + machine.id(), session::expire);
    }
    world
        .agenda()
        .after(
            down,
            life,
            machine.id() + " comes again",
            () -> {
              session.expire();
              launch(machine.id(), machine.incarnation() + 1);
            });
  }

  private void freeze(Machine machine) {
    long frozen = chance.skewed(20 * MS, 4_000 * MS);
    machine.life().freeze(world.agenda().now() + frozen);
    InMemoryMetadataStore session = machine.connection().session();
    if (chance.oneIn(2) && session.session().connected()) {
      world
          .agenda()
          .after(chance.between(0, frozen), life, "session of " + machine.id(), session::expire);
      reconnect(machine, frozen + chance.skewed(MS, 500 * MS));
    }
    if (chance.oneIn(3)) {
      world
          .agenda()
          .after(
              chance.between(0, frozen),
              life,
              machine.id() + " seems dead",
              () -> leader().ifPresent(master -> loseFalsely(master, machine)));
    }
  }

  private void expire(Machine machine) {
    machine.connection().session().expire();
    reconnect(machine, chance.skewed(10 * MS, 3_000 * MS));
  }

  private void cutOff(Machine machine) {
    machine.connection().session().disconnect();
    reconnect(machine, chance.skewed(MS, 1_000 * MS));
  }

  private void reconnect(Machine machine, long after) {
    world
        .agenda()
        .after(after, machine.life(), "connects again", machine.connection().session()::reconnect);
  }

  private Optional<String> speaker(Life at) {
    return switch (chance.below(4)) {
      case 0 -> machine(at).map(Machine::workerAddress);
      case 1 -> appMaster(at).map(Child::address);
      default -> executor(at).map(Child::address);
    };
  }

  private void holdUp(String speaker) {
    world.network().holdUp(speaker, chance.skewed(10 * MS, 2_000 * MS));
  }

  private boolean loseFalsely(Life at) {
    Optional<MasterShell> leader = leader();
    Optional<Machine> victim = appMaster(at).flatMap(master -> machine(master.life()));
    return leader.isPresent() && victim.isPresent() && loseFalsely(leader.get(), victim.get());
  }

  /** Once in a run: a worker taken for lost does not register with the same leader again. */
  private boolean loseFalsely(MasterShell leader, Machine machine) {
    if (falselyLost != null || !leader.loseFalsely(machine.workerId())) {
      return false;
    }
    falselyLost = machine;
    return true;
  }

  private boolean damage() {
    Optional<String> latest = latest();
    if (latest.isEmpty()) {
      return false;
    }
    String application = application().orElseThrow();
    List<String> files = world.files().files(application, latest.get());
    if (files.isEmpty()) {
      return false;
    }
    String file = chance.oneOf(files);
    try {
      byte[] bytes = world.files().bytes(application, latest.get(), file);
      world.files().put(application, latest.get(), file, world.medium().damaged(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    damaged.add(latest.get());
    return true;
  }

  private boolean cancel() {
    Optional<MasterShell> leader = leader();
    leader.ifPresent(master -> master.cancel(application().orElseThrow()));
    cancelled |= leader.isPresent();
    return leader.isPresent();
  }
}
