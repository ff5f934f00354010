package io.geartrain.simulation.graph;

import io.geartrain.simulation.fault.Coverage;
import io.geartrain.simulation.fault.Faults;
import io.geartrain.simulation.fault.Moment;
import io.geartrain.simulation.time.Agenda;
import io.geartrain.simulation.time.Chance;
import io.geartrain.simulation.time.Life;

/**
 * Where the code of an application runs: the process that it dies with, and what is outside of it.
 * One for each process.
 */
public final class Site {
  private final Life life;
  private final long epoch;
  private final Agenda agenda;
  private final Faults faults;
  private final Coverage coverage;
  private final Ledger ledger;
  private final Chance chance;
  private boolean armed;
  private int thrown;

  /**
   * In a process.
   *
   * @param epoch of the application there
   */
  public Site(
      Life life,
      long epoch,
      Agenda agenda,
      Faults faults,
      Coverage coverage,
      Ledger ledger,
      Chance chance) {
    this.life = life;
    this.epoch = epoch;
    this.agenda = agenda;
    this.faults = faults;
    this.coverage = coverage;
    this.ledger = ledger;
    this.chance = chance;
  }

  /** Lets the code throw the next time that it is about to do something. */
  public void arm() {
    armed = true;
  }

  /** The code is about to do something. */
  void at(Moment moment) {
    life.check();
    faults.at(moment, life);
    if (armed) {
      armed = false;
      throw fail();
    }
  }

  private RuntimeException fail() {
    String message = "drawn failure " + ++thrown + " in " + life + " at " + agenda.now();
    switch (chance.below(4)) {
      case 0 -> throw new NoClassDefFoundError(message);
      case 1 -> throw new StackOverflowError(message);
      case 2 -> throw new AssertionError(message);
      default -> throw new IllegalStateException(message);
    }
  }

  /** The epoch of the application here. */
  long epoch() {
    return epoch;
  }

  /** The time in ns since the run began. */
  long nanos() {
    return agenda.now();
  }

  /** Takes its time. */
  void spend(long nanos) {
    agenda.spend(nanos);
  }

  /** What the world outside sees. */
  Ledger ledger() {
    return ledger;
  }

  /** A record is too late. */
  void late() {
    coverage.see(Coverage.Sight.LATE_RECORD);
  }
}
