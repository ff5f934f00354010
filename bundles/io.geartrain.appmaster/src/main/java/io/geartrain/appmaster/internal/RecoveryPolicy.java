package io.geartrain.appmaster.internal;

import io.geartrain.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an application is restarted after a failure, and when. Owned by the app master's actor.
 *
 * <p>A failure at a record that comes back the same after a restart (same step, record and message)
 * is not tried again: another restart would meet that record. Nor is one that no restart can mend.
 * The cause of one that no record is at fault for may pass: all restarts are used.
 */
public final class RecoveryPolicy {
  /** Failures after which a new beginning would fail alike, or is not safe. */
  private static final Set<String> FINAL =
      Set.of(
          "definition-failed",
          "definition-differs",
          "definition-timeout",
          "install-failed",
          "slots-rejected",
          "task-stuck",
          "stop-timeout",
          "checkpoint-damaged",
          "checkpoint-unreadable",
          "last-checkpoint-failed",
          "bad-setting",
          "superseded");

  /**
   * How often.
   *
   * @param attempts how many restarts within the window; 0 = none
   * @param window over which they are counted
   * @param backoff before the first restart within the window; doubles with each further one
   */
  public record Limits(int attempts, Duration window, Duration backoff) {
    private static final int LONGEST = 6;

    /** Checks. */
    public Limits {
      if (attempts < 0) {
        throw new IllegalArgumentException("restarts must not be negative, but is " + attempts);
      }
      if (window.toMillis() < 1) {
        throw new IllegalArgumentException(
            "restartWindowMs must be positive, but is " + window.toMillis());
      }
      if (backoff.isNegative()) {
        throw new IllegalArgumentException(
            "restartBackoffMs must not be negative, but is " + backoff.toMillis());
      }
    }

    Duration backoff(int earlier) {
      return backoff.multipliedBy(1L << Math.min(earlier, LONGEST));
    }
  }

  private final Limits limits;
  private final Deque<Instant> restarts = new ArrayDeque<>();
  private Failure first;
  private Failure previous;
  private int total;

  RecoveryPolicy(Limits limits) {
    this.limits = limits;
  }

  /**
   * Something failed while the tasks ran.
   *
   * @return how long to wait before the restart; empty if there is none, then {@link #verdict} is
   *     why the application failed
   */
  Optional<Duration> onFailure(Failure failure, Instant now) {
    while (!restarts.isEmpty() && !restarts.peek().isAfter(now.minus(limits.window()))) {
      restarts.remove();
    }
    if (restarts.isEmpty()) {
      first = null;
    }
    boolean repeated = !restarts.isEmpty() && isOfRecord(failure) && same(previous, failure);
    previous = failure;
    if (first == null) {
      first = failure;
    }
    if (FINAL.contains(failure.code())) {
      first = failure;
      return Optional.empty();
    }
    if (repeated || restarts.size() >= limits.attempts()) {
      return Optional.empty();
    }
    Duration backoff = limits.backoff(restarts.size());
    restarts.add(now);
    total++;
    return Optional.of(backoff);
  }

  /** Why the application failed for good: the first failure, and how often it was restarted. */
  Failure verdict() {
    if (restarts.isEmpty()) {
      return first;
    }
    String again =
        same(first, previous)
            ? "failed the same way after %d restart%s"
            : "failed again after %d restart%s, the last time with: " + escape(previous.message());
    again = again.formatted(restarts.size(), restarts.size() == 1 ? "" : "s");
    return new Failure(
        first.code(),
        first.processor(),
        first.task(),
        first.value(),
        first.timestamp(),
        first.message(),
        first.stackTrace(),
        first.hint() == null ? again : first.hint() + "; " + again);
  }

  /** How many restarts there were in all. */
  int total() {
    return total;
  }

  private static String escape(String text) {
    return String.valueOf(text).replace("%", "%%");
  }

  /** The text of a record may be empty and is null then, but it has a timestamp. */
  private static boolean isOfRecord(Failure failure) {
    return failure.value() != null || failure.timestamp() != null;
  }

  private static boolean same(Failure a, Failure b) {
    return a != null
        && Objects.equals(a.code(), b.code())
        && Objects.equals(a.processor(), b.processor())
        && Objects.equals(a.value(), b.value())
        && Objects.equals(a.message(), b.message());
  }
}
