package io.geartrain.simulation.time;

/**
 * Something that acts until it dies, at the latest with that which it lives in: a process in its
 * machine. One thread.
 */
public final class Life {
  private final String name;
  private final Life within;
  private boolean dead;
  private long frozenUntil;

  private Life(String name, Life within) {
    this.name = name;
    this.within = within;
  }

  /** A life in nothing else. */
  public static Life of(String name) {
    return new Life(name, null);
  }

  /** A life that ends with this one, if not before. */
  public Life inner(String innerName) {
    return new Life(innerName, this);
  }

  /** Whether it acts still. */
  public boolean alive() {
    return !dead && (within == null || within.alive());
  }

  /** Whether this life is in the other one, or is it. */
  public boolean isWithin(Life other) {
    return this == other || within != null && within.isWithin(other);
  }

  /** Lets it do nothing until a time, as a process that gets no processor. */
  public void freeze(long untilNanos) {
    frozenUntil = untilNanos;
  }

  /** When it acts again, at the earliest; in the past if it is not frozen. */
  long frozenUntil() {
    return within == null ? frozenUntil : Math.max(frozenUntil, within.frozenUntil());
  }

  /** Ends it; nothing is said to anybody. */
  public void end() {
    dead = true;
  }

  /**
   * Lets nobody act who is dead.
   *
   * @throws Killed out of the code of a process that died in the midst of it
   */
  public void check() {
    if (!alive()) {
      throw new Killed();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
