package io.geartrain.appmaster.internal;

import io.geartrain.protocol.Stall;
import io.geartrain.protocol.StallStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The tasks that do not come back from the application's code, as executors tell. Owned by the
 * state.
 */
final class StallBoard {
  /** So many are told of one by one, with no more of the stack than this: a report stays small. */
  static final int MOST = 16;

  static final int LONGEST_STACK_CHARS = 6_000;

  private static final Comparator<Stall> LONGEST_FIRST =
      Comparator.comparing(Stall::since).thenComparing(Stall::task);

  private final Map<String, Stall> stalls = new HashMap<>();

  /** A task does not come back. */
  void onStalled(Stall stall) {
    stalls.put(stall.task(), shortened(stall));
  }

  /** A task has come back. */
  void onMoved(String task) {
    stalls.remove(task);
  }

  /** No task runs any more. */
  void clear() {
    stalls.clear();
  }

  /** What there is to tell. */
  StallStatus status() {
    return new StallStatus(
        stalls.size(), stalls.values().stream().sorted(LONGEST_FIRST).limit(MOST).toList());
  }

  /** The innermost frames come first, so they are those that stay. */
  private static Stall shortened(Stall stall) {
    String stack = stall.stackTrace();
    if (stack == null || stack.length() <= LONGEST_STACK_CHARS) {
      return stall;
    }
    int end = stack.lastIndexOf('\n', LONGEST_STACK_CHARS);
    String head = stack.substring(0, end < 0 ? LONGEST_STACK_CHARS : end);
    return new Stall(stall.task(), stall.since(), stall.place(), head + "\n\t…");
  }
}
