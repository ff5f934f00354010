package io.geartrain.plan;

/** Which task owns which key group. */
public final class KeyGroups {
  /** Into how many groups keys are cut unless said otherwise. */
  public static final int DEFAULT_COUNT = 1024;

  private KeyGroups() {}

  /** Owner of each key group: contiguous ranges, whose lengths differ by one at the most. */
  public static int[] owners(int keyGroups, int parallelism) {
    int[] owners = new int[keyGroups];
    for (int group = 0; group < keyGroups; group++) {
      owners[group] = (int) ((long) group * parallelism / keyGroups);
    }
    return owners;
  }
}
