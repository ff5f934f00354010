package io.geartrain.simulation.time;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Does what it is given one thing after the other, each after a drawn time: a thread, a mailbox.
 */
public final class Line implements Executor {
  private final Agenda agenda;
  private final Life of;
  private final String what;
  private final LongSupplier delays;
  private long last;

  /**
   * An idle line.
   *
   * @param delays draws how many ns pass before the next thing
   */
  public Line(Agenda agenda, Life of, String what, LongSupplier delays) {
    this.agenda = agenda;
    this.of = of;
    this.what = what;
    this.delays = delays;
  }

  @Override
  public void execute(Runnable action) {
    execute(what, action);
  }

  /** The same, with a word for the log. */
  public void execute(String word, Runnable action) {
    last = Math.max(last, agenda.now() + delays.getAsLong());
    agenda.at(last, of, word, action);
  }
}
