package io.geartrain.simulation;

import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.Failure;
import io.geartrain.simulation.cluster.Cluster;
import io.geartrain.simulation.fault.Coverage;
import io.geartrain.simulation.fault.Coverage.Sight;
import io.geartrain.simulation.fault.Fault;
import io.geartrain.simulation.fault.Faults;
import io.geartrain.simulation.graph.Graph;
import io.geartrain.simulation.time.Agenda;
import io.geartrain.simulation.time.Chance;
import io.geartrain.simulation.time.EventLog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run: a drawn application on a drawn cluster with drawn faults. One thread. */
public final class Simulation {
  private static final int MOST_EVENTS = 1_500_000;
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long AFTERWARDS_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int LOOK_EVERY = 32;
  private static final Set<Fault> STORING =
      EnumSet.of(
          Fault.WRITE_FAILS,
          Fault.WRITE_DAMAGED,
          Fault.UPLOAD_LATE,
          Fault.ANSWER_LOST,
          Fault.METADATA_UNAVAILABLE,
          Fault.CUT_OFF,
          Fault.SESSION_EXPIRED);
  private static final Set<String> DAMAGE = Set.of("checkpoint-damaged", "checkpoint-unreadable");

  private final long seed;
  private final Coverage coverage = new Coverage();
  private final EventLog log;
  private final Agenda agenda;
  private final Graph graph;
  private final Faults faults;
  private final Cluster cluster;
  private final List<String> violations = new ArrayList<>();

  private Simulation(long seed, Consumer<String> reader, Conditions conditions) {
    this.seed = seed;
    this.log = new EventLog(reader);
    this.agenda = new Agenda(log);
    Chance chance = new Chance(seed);
    this.graph = Graph.drawn(chance.fork());
    this.faults = new Faults(chance.fork(), conditions.more(), coverage);
    if (reader != null) {
      reader.accept(graph.toString());
      reader.accept(faults.toString());
    }
    this.cluster =
        new Cluster(graph, chance.fork(), agenda, faults, coverage, conditions.metadata());
  }

  /**
   * Runs a seed.
   *
   * @param coverage counts what happens
   * @param reader takes each event, as a line; may be null
   */
  public static Verdict run(long seed, Coverage coverage, Consumer<String> reader) {
    return run(seed, coverage, reader, Conditions.free());
  }

  /**
   * Runs a seed.
   *
   * @param conditions what is not drawn
   */
  public static Verdict run(
      long seed, Coverage coverage, Consumer<String> reader, Conditions conditions) {
    Simulation simulation = new Simulation(seed, reader, conditions);
    Verdict verdict = simulation.go();
    coverage.add(simulation.coverage);
    return verdict;
  }

  private Verdict go() {
    try {
      if (toItsEnd()) {
        afterwards();
        judge();
      }
    } catch (RuntimeException | Error e) {
      violations.add("the simulation itself failed: " + e);
      StackTraceElement[] stack = e.getStackTrace();
      for (int i = 0; i < Math.min(stack.length, 12); i++) {
        violations.add("  at " + stack[i]);
      }
    }
    violations.addAll(cluster.ledger().violations());
    return new Verdict(seed, violations, log.hash(), agenda.happened(), end());
  }

  private String end() {
    ApplicationStatus status = cluster.status();
    return status == null ? "nothing" : status.state().name();
  }

  private boolean ended() {
    ApplicationStatus status = cluster.status();
    return status != null && status.state().isTerminal();
  }

  private boolean toItsEnd() {
    for (int i = 0; i < MOST_EVENTS && agenda.now() < LONGEST_NANOS; i++) {
      if (i % LOOK_EVERY == 0 && ended()) {
        return true;
      }
      if (!agenda.step()) {
        break;
      }
    }
    violations.add(
        "it hangs: after %d events and %d s the application is %s, and there are %s"
            .formatted(
                agenda.happened(),
                TimeUnit.NANOSECONDS.toSeconds(agenda.now()),
                end(),
                cluster.processes()));
    return false;
  }

  /** Whoever is left over must come to his end too, and do no harm until then. */
  private void afterwards() {
    faults.end();
    long until = agenda.now() + AFTERWARDS_NANOS;
    int events = 0;
    while (!cluster.processes().isEmpty() && agenda.now() < until && ++events < MOST_EVENTS) {
      agenda.step();
    }
    if (!cluster.processes().isEmpty()) {
      violations.add("left over long after the end: " + cluster.processes());
    }
  }

  private void judge() {
    ApplicationStatus status = cluster.status();
    Failure failure = status.failure();
    if (status.state() == ApplicationState.COMPLETED) {
      coverage.see(Sight.COMPLETED);
      violations.addAll(graph.check(cluster.ledger().visible()));
      return;
    }
    violations.addAll(graph.checkPart(cluster.ledger().visible()));
    if (status.state() == ApplicationState.CANCELLED && cluster.cancelled()) {
      coverage.see(Sight.CANCELLED);
    } else if (failure != null && DAMAGE.contains(failure.code())) {
      coverage.see(Sight.FAILED_FOR_DAMAGE);
      judgeDamage(failure);
    } else if (failure != null && failure.code().equals("last-checkpoint-failed")) {
      coverage.see(Sight.FAILED_FOR_LAST_CHECKPOINT);
      boolean late = failure.message().contains("no part of");
      if (!late && STORING.stream().allMatch(fault -> coverage.of(fault) == 0)) {
        violations.add("nothing has kept the last checkpoint from being made: " + failure);
      }
    } else {
      violations.add("it must not end so: " + status.state() + ", " + failure);
    }
  }

  private void judgeDamage(Failure failure) {
    if (cluster.damaged().isEmpty()) {
      violations.add("nobody has damaged a checkpoint: " + failure);
    }
    String hint = String.valueOf(failure.hint());
    String goOn = " --from " + cluster.status().applicationId();
    boolean stepsBack = hint.contains(goOn + "/NUMBER") || hint.contains("no older one is known");
    if (!hint.contains("bring its files back, then: ")
        || !hint.contains(goOn + ";")
        || !stepsBack
        || !hint.contains("begin from the start")) {
      violations.add("the failure does not name the choices: " + failure);
    }
  }
}
