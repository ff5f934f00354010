package io.geartrain.time;

import io.geartrain.time.GlobalClock.Place;
import io.geartrain.time.GlobalClock.Waiting;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the task that holds event time back: its watermark stays where it is, though all that send
 * to it have gone on. A source's task is one if others have read on, and it neither waits for data
 * nor for those behind it. Told again and again to look at the clock; times are in ms. One thread.
 */
public final class StallDetector {
  /**
   * A task that holds event time back.
   *
   * @param task which
   * @param sinceMs when it was first seen so
   */
  public record Stall(String task, long sinceMs) {}

  private record Behind(long watermark, long sinceMs) {}

  /** The newest event time of all sources, when a source's watermark was first seen where it is. */
  private record Stand(long watermark, long newest) {}

  private final GlobalClock clock;
  private final long afterMs;
  private final Map<String, Behind> behind = new HashMap<>();
  private final Map<String, Stand> stands = new HashMap<>();

  /**
   * A detector for one application.
   *
   * @param afterMs for how long a task must have stood still
   */
  public StallDetector(GlobalClock clock, long afterMs) {
    this.clock = clock;
    this.afterMs = afterMs;
  }

  /** The task that has stalled; of several the one whose watermark is the least. */
  public Optional<Stall> look(long nowMs) {
    Map<String, Long> offers = offers();
    Stall worst = null;
    for (String task : clock.tasks()) {
      Place place = clock.place(task);
      Behind before = behind.get(task);
      if (!isBehind(task, place, offers.get(task))) {
        behind.remove(task);
      } else if (before == null || before.watermark != place.watermark()) {
        behind.put(task, new Behind(place.watermark(), nowMs));
      } else if (nowMs - before.sinceMs >= afterMs
          && (worst == null || place.watermark() < clock.place(worst.task()).watermark())) {
        worst = new Stall(task, before.sinceMs);
      }
    }
    return Optional.ofNullable(worst);
  }

  /**
   * For each task how far those that send to it have come, idle ones left out. One that waits for
   * credit has more to give than it could: it counts by what it is offered itself.
   */
  private Map<String, Long> offers() {
    Map<String, Long> offers = new HashMap<>();
    Map<Set<String>, Long> known = new IdentityHashMap<>();
    for (String task : clock.tasks()) {
      Set<String> senders = clock.sendersTo(task);
      offers.put(
          task,
          known.computeIfAbsent(
              senders,
              all ->
                  all.stream()
                      .filter(sender -> !clock.place(sender).idle())
                      .mapToLong(sender -> gives(sender, offers.get(sender)))
                      .min()
                      .orElse(Long.MIN_VALUE)));
    }
    return offers;
  }

  private long gives(String sender, long offered) {
    Place place = clock.place(sender);
    return place.waiting() == Waiting.FOR_CREDIT
        ? Math.max(place.watermark(), offered)
        : place.watermark();
  }

  private boolean isBehind(String task, Place place, long offered) {
    if (clock.sendersTo(task).isEmpty()) {
      return othersReadOn(task, place) && place.waiting() == Waiting.NO && !place.ended();
    }
    return offered > place.watermark() && place.waiting() == Waiting.NO;
  }

  private boolean othersReadOn(String task, Place place) {
    Stand stand = stands.get(task);
    if (stand == null || stand.watermark() != place.watermark()) {
      stand = new Stand(place.watermark(), clock.newest());
      stands.put(task, stand);
    }
    return clock.newest() > stand.newest();
  }
}
