package io.geartrain.state;

import java.util.Set;

/** Names under which the engine itself keeps something of a step. */
public final class StateNames {
  /** How far the task was that ran the step. */
  public static final String TASK = "task";

  /** What a source has left to read of a split. */
  public static final String SPLIT = "split";

  /** What a sink has prepared, and may have to make visible. */
  public static final String PREPARED = "prepared";

  /** Up to when the windows of a step are closed. */
  public static final String CLOSED_UP_TO = "closed-up-to";

  /** The same by key group, where tasks before had come to different times. */
  public static final String CLOSED_BEFORE = "closed-before";

  /** Up to when the timers of a step have rung. */
  public static final String WATERMARK = "watermark";

  private static final Set<String> BOOKKEEPING =
      Set.of(TASK, CLOSED_UP_TO, CLOSED_BEFORE, WATERMARK);

  private StateNames() {}

  /** Whether nothing is lost with what is kept under a name. */
  public static boolean isBookkeeping(String name) {
    return BOOKKEEPING.contains(name);
  }
}
