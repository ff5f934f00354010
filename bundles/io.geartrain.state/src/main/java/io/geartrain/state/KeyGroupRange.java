package io.geartrain.state;

/**
 * The key groups that a task owns.
 *
 * @param first the first of them
 * @param end the first after them; none if equal to {@code first}
 * @param total how many groups there are for all tasks; a power of two
 */
public record KeyGroupRange(int first, int end, int total) {
  /** Checks the numbers. */
  public KeyGroupRange {
    if (Integer.bitCount(total) != 1 || first < 0 || end < first || end > total) {
      throw new IllegalArgumentException(
          "no range of key groups: " + first + " to " + end + " of " + total);
    }
  }

  /** Whether a group is one of them. */
  public boolean contains(int group) {
    return group >= first && group < end;
  }

  /** The group of a hash: its low bits. */
  public int groupOf(int hash) {
    return hash & total - 1;
  }

  @Override
  public String toString() {
    return first + " to " + (end - 1) + " of " + total;
  }
}
