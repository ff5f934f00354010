package io.geartrain.simulation.cluster;

import io.geartrain.coordination.Leader;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.protocol.AppMasterToWorker;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.MasterToWorker;
import io.geartrain.simulation.time.Life;
import io.geartrain.simulation.time.Line;
import io.geartrain.worker.internal.WorkerDecision;
import io.geartrain.worker.internal.WorkerDecision.StartAppMaster;
import io.geartrain.worker.internal.WorkerDecision.StartExecutor;
import io.geartrain.worker.internal.WorkerDecision.StopChild;
import io.geartrain.worker.internal.WorkerDecision.TellAppMaster;
import io.geartrain.worker.internal.WorkerDecision.TellMaster;
import io.geartrain.worker.internal.WorkerDescription;
import io.geartrain.worker.internal.WorkerState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets a worker take part in the simulation instead of an actor system; starts its children. */
final class WorkerShell {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

  private final World world;
  private final Machine machine;
  private final String address;
  private final Life life;
  private final WorkerState state;
  private final Map<String, Child> children = new LinkedHashMap<>();
  private final List<Child> started = new ArrayList<>();

  WorkerShell(World world, Machine machine) {
    this.world = world;
    this.machine = machine;
    this.address = machine.workerAddress();
    this.life = machine.life();
    this.state =
        new WorkerState(
            new WorkerDescription(
                machine.workerId(), machine.id(), world.tuning().slots(), Map.of()),
            address,
            STOP_LIMIT);
  }

  /** Joins the cluster and looks for the leader. */
  void start(LeaderElection election, Membership membership) {
    world.network().join(address, life, life, this::onMessage);
    membership.join(
        Membership.WORKERS, machine.workerId(), address.getBytes(StandardCharsets.UTF_8));
    Line mailbox = new Line(world.agenda(), life, "worker", world.delays()::mailbox);
    election.watchLeader(
        leader -> mailbox.execute("worker: " + name(leader), () -> onLeader(leader)));
    world.agenda().every(world.tuning().tickNanos(), life, () -> carryOut(state.tick(now())));
  }

  private static String name(Optional<Leader> leader) {
    return leader.map(l -> l.id() + " leads").orElse("nobody leads");
  }

  private void onLeader(Optional<Leader> leader) {
    carryOut(state.onLeader(leader, now()));
  }

  private void onMessage(ControlMessage message, String sender) {
    if (message instanceof MasterToWorker m) {
      carryOut(state.on(m, now()));
    } else if (message instanceof AppMasterToWorker m) {
      carryOut(state.on(m, now()));
    }
  }

  private void carryOut(List<WorkerDecision> decisions) {
    for (WorkerDecision decision : decisions) {
      if (decision instanceof TellMaster tell) {
        world.network().send(address, tell.address(), tell.message());
      } else if (decision instanceof TellAppMaster tell) {
        world.network().send(address, tell.address(), tell.message());
      } else if (decision instanceof StartAppMaster start) {
        String at = machine.address(start.child());
        start(start.child(), new AppMasterShell(world, machine, start.launch(), at));
      } else if (decision instanceof StartExecutor start) {
        String at = machine.address(start.child());
        start(start.child(), new ExecutorShell(world, machine, start.launch(), at));
      } else if (decision instanceof StopChild stop) {
        children.get(stop.child()).stop();
      }
    }
  }

  private void start(String name, Child child) {
    children.put(name, child);
    started.add(child);
    world.network().watch(child.address(), address, () -> onTerminated(name, child));
    child.start();
    carryOut(state.onStarted(name, child.address()));
  }

  private void onTerminated(String name, Child child) {
    if (children.remove(name, child)) {
      carryOut(state.onTerminated(name, null, now()));
    }
  }

  private Instant now() {
    return world.agenda().clock().instant();
  }

  /** All that lives of what it has started, be it given up. */
  List<Child> children() {
    started.removeIf(child -> !child.life().alive());
    return started;
  }
}
