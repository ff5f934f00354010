package io.geartrain.channel;

/**
 * Which time the tasks of an application were set up: what was sent in one incarnation is never
 * taken in another.
 *
 * @param epoch of the app master that has them set up; a later app master has a higher one
 * @param attempt how often that app master has had tasks set up, this time included
 * @param planVersion version of the plan
 */
public record Incarnation(long epoch, int attempt, int planVersion) {
  /** Where tasks are set up once and nobody else is there. */
  public static final Incarnation FIRST = new Incarnation(1, 1, 1);

  @Override
  public String toString() {
    return "epoch %d, attempt %d, plan %d".formatted(epoch, attempt, planVersion);
  }
}
