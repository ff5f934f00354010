package io.geartrain.executor.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notices tasks that stay in one turn for long. Told a few times a second which turn each task is
 * in. One thread; knows no clock.
 */
final class StallWatch {
  /** What has changed. */
  sealed interface Change {
    /** A task has been in one turn for too long. */
    record Stalled(String task, Instant since) implements Change {}

    /** A task that had stalled has ended that turn. */
    record Moved(String task) implements Change {}
  }

  private record Turn(long number, Instant since, boolean told) {}

  private final Duration limit;
  private final Map<String, Turn> turns = new HashMap<>();

  /** Tells of turns that last so long. */
  StallWatch(Duration limit) {
    this.limit = limit;
  }

  /**
   * Looks at one task.
   *
   * @param turn number of the turn that it is in; 0 = none
   */
  List<Change> look(String task, long turn, Instant now) {
    List<Change> changes = new ArrayList<>();
    Turn before = turns.get(task);
    if (before != null && before.number != turn) {
      turns.remove(task);
      if (before.told) {
        changes.add(new Change.Moved(task));
      }
    }
    Turn current = turn == 0 ? null : turns.computeIfAbsent(task, t -> new Turn(turn, now, false));
    if (current != null && !current.told && !now.isBefore(current.since.plus(limit))) {
      turns.put(task, new Turn(turn, current.since, true));
      changes.add(new Change.Stalled(task, current.since));
    }
    return changes;
  }
}
