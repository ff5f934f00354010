package io.geartrain.simulation.graph;

/**
 * What holds for a stream in every run.
 *
 * @param timed each record has the same event time in each run
 * @param onTime no record comes after a watermark that has passed it
 */
record Traits(boolean timed, boolean onTime) {
  /** What holds for two streams together. */
  Traits and(Traits other) {
    return new Traits(timed && other.timed, onTime && other.onTime);
  }

  /** Records may come in any order, late. */
  Traits delayed() {
    return new Traits(timed, false);
  }

  /** Which record has which time is not certain. */
  Traits untimed() {
    return new Traits(false, false);
  }

  /** Whether windows of the stream hold the same in each run. */
  boolean windows() {
    return timed && onTime;
  }
}
