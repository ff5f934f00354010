package io.geartrain.protocol;

import java.util.List;

/**
 * Which tasks of an application do not come back from its code.
 *
 * @param tasks how many
 * @param longest those that have been away for the longest, that one first; not all if many are
 */
public record StallStatus(int tasks, List<Stall> longest) {
  /** All tasks come back. */
  public static final StallStatus NONE = new StallStatus(0, List.of());

  /** Copies the list. */
  public StallStatus {
    longest = List.copyOf(longest);
  }
}
