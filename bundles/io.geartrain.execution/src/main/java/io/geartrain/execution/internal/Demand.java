package io.geartrain.execution.internal;

/**
 * How many records to ask a split for: few when it gave less than it was asked for, more with each
 * poll that gives all. What comes after a pause, or piled up during one, so leaves in small
 * batches, each as soon as it is read; a split that always has more is soon asked for as many as
 * fit. On the task's thread.
 */
final class Demand {
  private static final int STEP = 16;

  private int level = STEP;
  private int asked;
  private int most;
  private boolean gaveSome;
  private boolean dryAfterSome;
  private boolean dry;

  /** How many to ask for now, at most so many. */
  int ask(int atMost) {
    most = atMost;
    asked = Math.min(level, atMost);
    return asked;
  }

  /** So many came. */
  void came(int given) {
    if (gaveSome) {
      dryAfterSome = given == 0;
    }
    gaveSome = given > 0;
    if (given < asked) {
      level = STEP;
      dry = !gaveSome || dryAfterSome;
    } else {
      level = asked + STEP;
      dry = asked < most;
    }
  }

  /**
   * Whether what came should leave at once. So it should if nothing came; if less came than was
   * asked for, and the last time that was so nothing followed; and if few were asked for, for who
   * gets them has nothing else to do.
   */
  boolean isDry() {
    return dry;
  }
}
