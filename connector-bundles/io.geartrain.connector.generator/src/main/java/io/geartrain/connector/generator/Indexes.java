package io.geartrain.connector.generator;

import io.geartrain.api.SourceSplit;
import java.util.Map;

/**
 * Every so many-th index of a generator: a split of it.
 *
 * @param next the first one
 * @param count first index that the generator does not have; {@link #ENDLESS} if it has all
 * @param step from one index of the split to its next: the number of splits
 * @param waitNanos how long the first one is to wait where there is a rate, in ns
 */
record Indexes(long next, long count, int step, long waitNanos) {
  /** The count of a generator without an end. */
  static final long ENDLESS = Long.MAX_VALUE;

  /** As it travels. */
  SourceSplit toSplit() {
    return new SourceSplit(
        next % step + "-of-" + step,
        Map.of(
            "next", Long.toString(next),
            "count", Long.toString(count),
            "step", Integer.toString(step),
            "waitNanos", Long.toString(waitNanos)));
  }

  /**
   * Back from what travelled.
   *
   * @throws IllegalArgumentException if it is no split of a generator
   */
  static Indexes of(SourceSplit split) {
    Map<String, String> attributes = split.attributes();
    try {
      return new Indexes(
          Long.parseLong(attributes.get("next")),
          Long.parseLong(attributes.get("count")),
          Integer.parseInt(attributes.get("step")),
          Long.parseLong(attributes.get("waitNanos")));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the split '%s' is none of a generator but of another source; give the source another id, or begin anew"
              .formatted(split.id()),
          e);
    }
  }

  /**
   * Checks that a generator may go on here; with another count, splits that have ended would lack
   * records.
   *
   * @throws IllegalArgumentException if this is of one with another count
   */
  void requireCount(long wanted) {
    if (count != wanted) {
      throw new IllegalArgumentException(
          "the generator was %s and is now %s; give it the count that it had, or begin anew"
              .formatted(words(count), words(wanted)));
    }
  }

  private static String words(long count) {
    return count == ENDLESS ? "endless" : "one of " + count + " records";
  }
}
