package io.geartrain.simulation.cluster;

import io.geartrain.execution.Task;
import io.geartrain.executor.internal.ApplicationExecutor;
import io.geartrain.executor.internal.Definition;
import io.geartrain.executor.internal.ExecutorDecision.Install;
import io.geartrain.executor.internal.TaskTurn;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.Failure;
import io.geartrain.simulation.fault.Coverage.Sight;
import io.geartrain.simulation.fault.Moment;
import io.geartrain.simulation.graph.Site;
import io.geartrain.simulation.time.Agenda;
import io.geartrain.simulation.time.Chance;
import io.geartrain.simulation.time.Life;
import io.geartrain.simulation.time.Line;
import io.geartrain.state.Manifest;
import io.geartrain.state.StateException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets an executor take part in the simulation instead of an actor system: gives its tasks their
 * turns, writes its snapshots, in a drawn order.
 */
final class ExecutorShell implements Child, ApplicationExecutor.Outside {
  private static final long LONG_TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long TICK_NANOS = 2_000;
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(4_000);

  private final World world;
  private final Agenda agenda;
  private final Chance chance;
  private final LaunchExecutor launch;
  private final String address;
  private final Life life;
  private final Site site;
  private final Disk disk;
  private final Definition definition;
  private final ApplicationExecutor executor;
  private final Line mailbox;
  private final List<TaskTurn> turns = new ArrayList<>();
  private boolean pinned;
  private boolean uploadsLate;
  private boolean stopping;

  ExecutorShell(World world, Machine machine, LaunchExecutor launch, String address) {
    this.world = world;
    this.agenda = world.agenda();
    this.chance = world.chance();
    this.launch = launch;
    this.address = address;
    this.life = machine.life().inner(address);
    this.site =
        new Site(
            life,
            launch.epoch(),
            agenda,
            world.faults(),
            world.coverage(),
            world.ledger(),
            chance.fork());
    this.disk = new Disk(world, life);
    this.definition = new Definition(launch.spec(), () -> world.graph().application(site));
    this.mailbox = new Line(agenda, life, "hears of it", world.delays()::mailbox);
    this.executor =
        new ApplicationExecutor(
            launch,
            new ApplicationExecutor.Surroundings(
                disk,
                this::upload,
                this::timer,
                Tuning.sizes(chance),
                Duration.ofSeconds(5),
                this::nanoTime,
                agenda.clock()),
            this,
            progress -> hears(progress.getClass().getSimpleName(), () -> executor().on(progress)));
    world.network().join(address, life, machine.life(), this::onMessage);
  }

  private ApplicationExecutor executor() {
    return executor;
  }

  @Override
  public void start() {
    agenda.after(world.delays().start(), life, "begins", this::begin);
  }

  private void begin() {
    world
        .network()
        .watch(launch.appMasterAddress(), address, () -> unlessStopping(executor::onAppMasterGone));
    agenda.every(world.tuning().tickNanos(), life, () -> unlessStopping(executor::tick));
  }

  private void hears(String word, Runnable action) {
    mailbox.execute(word, () -> unlessStopping(action));
  }

  private void unlessStopping(Runnable action) {
    if (!stopping) {
      action.run();
    }
  }

  private void onMessage(ControlMessage message, String sender) {
    if (message instanceof TriggerCheckpoint) {
      world.faults().at(Moment.TRIGGER, life);
    } else if (message instanceof CommitCheckpoint commit && commit.last()) {
      world.faults().at(Moment.FINISH, life);
    }
    unlessStopping(() -> executor.on((AppMasterToExecutor) message));
  }

  // ---- what tasks stand on

  /** Time goes on as it is looked at. */
  private long nanoTime() {
    agenda.spend(chance.below((int) TICK_NANOS));
    return agenda.now();
  }

  private Runnable timer(long delayNanos, Runnable action) {
    boolean[] takenBack = {false};
    agenda.after(
        delayNanos + world.delays().mailbox(),
        life,
        "timer",
        () -> {
          if (!takenBack[0]) {
            action.run();
          }
        });
    return () -> takenBack[0] = true;
  }

  private void upload(Runnable action) {
    long delay = world.delays().blocking();
    if (uploadsLate) {
      uploadsLate = false;
      delay += chance.below((int) TimeUnit.NANOSECONDS.toMicros(LATE_NANOS)) * 1_000L;
    }
    agenda.after(
        delay,
        life,
        "upload",
        () -> {
          world.faults().at(Moment.UPLOAD, life);
          action.run();
        });
  }

  // ---- what the executor can't do itself

  @Override
  public void tell(ExecutorToAppMaster message) {
    world.network().send(address, launch.appMasterAddress(), message);
  }

  @Override
  public void define(int defaultParallelism) {
    agenda.after(
        world.delays().start(),
        life,
        "define with " + defaultParallelism,
        () -> {
          Definition.Draft draft = definition.draft(defaultParallelism);
          hears("Defined", executor::onDefined);
          agenda.after(
              world.delays().start(),
              life,
              "splits",
              () -> {
                var plan = draft.complete();
                hears("PlanMade", () -> executor.onPlanned(plan));
              });
        });
  }

  @Override
  public Failure giveUpDefinition(long timeoutMs) {
    return Failure.of("definition-timeout", "no definition within " + timeoutMs + " ms", null);
  }

  @Override
  public void pin(Install install) {
    if (pinned) {
      install(install);
    } else {
      agenda.after(
          world.delays().start(), life, "pinned", () -> unlessStopping(() -> install(install)));
    }
  }

  private void install(Install install) {
    pinned = true;
    world.faults().at(Moment.INSTALL, life);
    if (install.restore() != null) {
      world.coverage().see(Sight.RESTORED);
      if (!madeOf(install.restore()).equals(install.plan().fingerprint())) {
        world.coverage().see(Sight.RESTORED_RESCALED);
      }
    }
    executor.onPinned(install, definition, ExecutorShell.class.getClassLoader());
  }

  /** The fingerprint of the plan that ran when a checkpoint was made. */
  private String madeOf(Restore restore) {
    try {
      return Manifest.load(world.files(), launch.spec().id(), restore.name()).fingerprint();
    } catch (IOException | StateException e) {
      return "damaged";
    }
  }

  @Override
  public void run(Collection<TaskTurn> tasks) {
    for (TaskTurn turn : tasks) {
      turns.add(turn);
      String what = "turn " + turn.task().id();
      long slow = chance.oneIn(12) ? chance.between(2, 40) : 1;
      turn.task().onWake(() -> ready(turn, what, slow));
    }
  }

  private void ready(TaskTurn turn, String what, long slow) {
    agenda.after(world.delays().turn() * slow, life, what, () -> turn(turn, what, slow));
  }

  private void turn(TaskTurn turn, String what, long slow) {
    Task task = turn.task();
    if (task.isDone()) {
      return;
    }
    world.faults().at(Moment.TURN, life);
    boolean more = turn.take(chance.oneIn(4) ? LONG_TURN_NANOS : 0);
    life.check();
    if (task.isDone()) {
      hears("Ended " + task.id(), () -> executor.onEnded(task.id()));
    } else if (more) {
      ready(turn, what, slow);
    }
  }

  @Override
  public void terminate() {
    stop();
  }

  // ---- its end

  @Override
  public void stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    executor.cancel();
    long last = 0;
    for (TaskTurn turn : turns) {
      long delay = world.delays().turn();
      last = Math.max(last, delay);
      agenda.after(delay, life, "closes " + turn.task().id(), turn::takeLast);
    }
    agenda.after(last + world.delays().mailbox(), life, "ends", this::kill);
  }

  @Override
  public void kill() {
    life.end();
    world.network().onDeath();
  }

  // ---- harm

  /** Whether tasks run here. */
  boolean works() {
    return life.alive() && !turns.isEmpty() && !stopping;
  }

  /** Lets the application throw at its next step. */
  void arm() {
    site.arm();
  }

  /** Lets the next upload take long. */
  void delayUpload() {
    uploadsLate = true;
  }

  Disk disk() {
    return disk;
  }

  @Override
  public Life life() {
    return life;
  }

  @Override
  public String address() {
    return address;
  }
}
