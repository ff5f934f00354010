package io.geartrain.execution.internal;

import io.geartrain.state.KeyGroupRange;
import java.util.Arrays;

/**
 * Up to when the windows of a step are closed: all that end at or before it. The same for all keys,
 * but for a while after a restore: the tasks that had them may have come to different times. On the
 * task's thread.
 */
final class ClosedTimes {
  private final String step;
  private final KeyGroupRange own;
  private long upTo;

  /** By key group; null once {@link #upTo} holds for all. */
  private long[] before;

  /** What the checkpoint tells that the task begins with; nothing is closed without one. */
  ClosedTimes(String step, TaskState state) {
    this.step = step;
    this.own = state.range();
    this.before = state.closedUpTo(step);
    this.upTo = Arrays.stream(before, own.first(), own.end()).min().orElse(Long.MIN_VALUE);
    settle();
  }

  /** Of all keys. */
  long upTo() {
    return upTo;
  }

  /** Whether it is the same for all keys. */
  boolean areEven() {
    return before == null;
  }

  /** Of one key. */
  long upTo(int hash) {
    return before == null ? upTo : Math.max(upTo, before[hash & before.length - 1]);
  }

  /** Whether a window of a key was closed before the restore. */
  boolean wasClosed(int hash, long end) {
    return before != null && end <= before[hash & before.length - 1];
  }

  /** The windows of all keys are closed up to here. */
  void reach(long end) {
    upTo = Math.max(upTo, end);
    settle();
  }

  private void settle() {
    if (before != null
        && Arrays.stream(before, own.first(), own.end()).allMatch(time -> time <= upTo)) {
      before = null;
    }
  }

  void save(TaskSnapshot to) {
    to.put(step, TaskState.CLOSED_UP_TO, upTo);
    if (before != null) {
      to.put(step, TaskState.CLOSED_BEFORE, before);
    }
  }
}
