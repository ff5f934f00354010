package io.geartrain.simulation.cluster;

import io.geartrain.appmaster.internal.AppMaster;
import io.geartrain.appmaster.internal.CheckpointWork;
import io.geartrain.protocol.AppMasterToMaster;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.MasterToAppMaster;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.WorkerToAppMaster;
import io.geartrain.simulation.fault.Coverage.Sight;
import io.geartrain.simulation.fault.Moment;
import io.geartrain.simulation.time.Life;
import io.geartrain.simulation.time.Line;

/** Lets an app master take part in the simulation instead of an actor system. */
final class AppMasterShell implements Child, AppMaster.Outside {
  private final World world;
  private final LaunchAppMaster launch;
  private final String address;
  private final Life life;
  private final Disk disk;
  private final AppMaster appMaster;

  AppMasterShell(World world, Machine machine, LaunchAppMaster launch, String address) {
    this.world = world;
    this.launch = launch;
    this.address = address;
    this.life = machine.life().inner(address);
    this.disk = new Disk(world, life);
    Line blocking = new Line(world.agenda(), life, "blocks", world.delays()::blocking);
    Line mailbox = new Line(world.agenda(), life, "hears of it", world.delays()::mailbox);
    this.appMaster =
        new AppMaster(
            launch,
            address,
            machine.workerAddress(),
            new AppMaster.Surroundings(
                machine.defaultParallelism(),
                world.tuning().limits(),
                world.tuning().checkpoints(),
                world.tuning().recovery(),
                new Metadata(world, machine.connection(), life),
                disk,
                world.agenda().clock()),
            blocking,
            answer -> mailbox.execute(answer.getClass().getSimpleName(), () -> hears(answer)),
            this);
    world.network().join(address, life, machine.life(), this::onMessage);
  }

  private void hears(CheckpointWork.Answer answer) {
    appMaster.on(answer);
  }

  @Override
  public void start() {
    world.coverage().see(Sight.APP_MASTER_LAUNCHED);
    world.agenda().after(world.delays().start(), life, "begins", this::begin);
  }

  private void begin() {
    appMaster.start();
    world.agenda().every(world.tuning().tickNanos(), life, appMaster::tick);
  }

  private void onMessage(ControlMessage message, String sender) {
    if (message instanceof SnapshotTaken) {
      world.faults().at(Moment.PART, life);
    }
    if (message instanceof ExecutorToAppMaster m) {
      appMaster.on(m);
    } else if (message instanceof WorkerToAppMaster m) {
      appMaster.on(m);
    } else if (message instanceof MasterToAppMaster m) {
      appMaster.on(m);
    }
  }

  @Override
  public void tellMaster(AppMasterToMaster message) {
    world.network().send(address, launch.masterAddress(), message);
  }

  @Override
  public void tell(String to, ControlMessage message) {
    world.network().send(address, to, message);
  }

  @Override
  public void terminate() {
    stop();
  }

  @Override
  public void stop() {
    kill();
  }

  @Override
  public void kill() {
    life.end();
    world.network().onDeath();
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
