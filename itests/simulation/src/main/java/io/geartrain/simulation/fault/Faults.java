package io.geartrain.simulation.fault;

import io.geartrain.simulation.time.Chance;
import io.geartrain.simulation.time.Life;
import java.util.ArrayList;
import java.util.List;

/** What is to go wrong in one run, drawn before it begins. One thread. */
public final class Faults {
  private static final int MOST = 9;

  /** Carries faults out. */
  @FunctionalInterface
  public interface Harm {
    /**
     * Does it.
     *
     * @param at hand: who is at work at this moment
     * @return false if it can't happen now; it is kept for the next such moment
     */
    boolean happen(Fault fault, Life at);
  }

  private static final class Planned {
    private final Fault fault;
    private final Moment moment;
    private long left;

    Planned(Fault fault, Moment moment, long left) {
      this.fault = fault;
      this.moment = moment;
      this.left = left;
    }
  }

  private final List<Planned> planned = new ArrayList<>();
  private final Coverage coverage;
  private Harm harm = (fault, at) -> false;
  private boolean over;

  /**
   * Draws what is to go wrong.
   *
   * @param more faults that are to happen beside those that are drawn
   */
  public Faults(Chance chance, List<Fault> more, Coverage coverage) {
    this.coverage = coverage;
    int weights = 0;
    for (Fault fault : Fault.values()) {
      weights += fault.weight();
    }
    int count = chance.oneIn(12) ? 0 : (int) chance.between(1, MOST);
    for (int i = 0; i < count; i++) {
      plan(drawn(chance.below(weights)), chance);
    }
    more.forEach(fault -> plan(fault, chance));
  }

  private void plan(Fault fault, Chance chance) {
    Moment moment = chance.oneOf(fault.moments());
    planned.add(new Planned(fault, moment, chance.skewed(0, moment.often())));
  }

  private static Fault drawn(int place) {
    int left = place;
    for (Fault fault : Fault.values()) {
      left -= fault.weight();
      if (left < 0) {
        return fault;
      }
    }
    throw new IllegalArgumentException("no fault at " + place);
  }

  /** Who carries them out. */
  public void by(Harm doer) {
    harm = doer;
  }

  /** Nothing more goes wrong. */
  public void end() {
    over = true;
  }

  /**
   * Somebody has come to a moment.
   *
   * @throws io.geartrain.simulation.time.Killed if that was its death
   */
  public void at(Moment moment, Life life) {
    if (over) {
      return;
    }
    for (int i = 0; i < planned.size(); i++) {
      Planned next = planned.get(i);
      if (next.moment == moment && --next.left < 0 && harm.happen(next.fault, life)) {
        planned.remove(i--);
        coverage.hit(next.fault, moment);
        if (!life.alive()) {
          coverage.see(Coverage.Sight.DIED_WITHIN_CALL);
        }
        life.check();
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    planned.forEach(
        next -> text.append("%s at %s after %d; ".formatted(next.fault, next.moment, next.left)));
    return text.toString();
  }
}
