package io.geartrain.simulation.cluster;

import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.memory.InMemoryMetadataStore;
import io.geartrain.simulation.time.Life;
import io.geartrain.simulation.time.Line;

/**
 * A node from one start to its death: a master, a worker, and what that starts, with one session.
 */
final class Machine {
  private final World world;
  private final String id;
  private final int incarnation;
  private final int defaultParallelism;
  private final Life life;
  private final Connection connection;
  private final MasterShell master;
  private final WorkerShell worker;
  private int children;

  /**
   * A node that has not begun.
   *
   * @param life ends with the run
   */
  Machine(World world, Life life, String id, int incarnation) {
    this.world = world;
    this.id = id;
    this.incarnation = incarnation;
    this.defaultParallelism = (int) world.chance().between(1, 4);
    this.life = life.inner(id + "." + incarnation);
    Line events = new Line(world.agenda(), this.life, "store", world.delays()::mailbox);
    InMemoryMetadataStore session = world.ensemble().connect(events);
    this.connection = new Connection(session, world.agenda());
    this.master = new MasterShell(world, this);
    this.worker = new WorkerShell(world, this);
  }

  void start() {
    LeaderElection election = connection.session().newElection();
    Membership membership = connection.session().newMembership();
    master.start(election, membership);
    worker.start(election, membership);
  }

  /** Dies with all that is on it. */
  void kill() {
    life.end();
    world.network().onDeath();
  }

  String id() {
    return id;
  }

  int incarnation() {
    return incarnation;
  }

  String workerId() {
    return "w-" + id;
  }

  String workerAddress() {
    return address("worker");
  }

  /** Where a process of it is reached that there is once. */
  String address(String process) {
    boolean child = !process.equals("worker") && !process.equals("master");
    return life + "/" + process + (child ? "#" + children++ : "");
  }

  int defaultParallelism() {
    return defaultParallelism;
  }

  Life life() {
    return life;
  }

  Connection connection() {
    return connection;
  }

  MasterShell master() {
    return master;
  }

  WorkerShell worker() {
    return worker;
  }
}
