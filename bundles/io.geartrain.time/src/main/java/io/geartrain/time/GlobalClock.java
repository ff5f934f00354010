package io.geartrain.time;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where in event time the tasks of an application are, and so the application as a whole. For
 * observation only: windows close by what travels with the records. Times are in ms. One thread.
 */
public final class GlobalClock {
  /** What a task waits for, if its time can't move without it. */
  public enum Waiting {
    /** For nothing. */
    NO,
    /** For a split of its source that has nothing to read. */
    FOR_INPUT,
    /** For those that it sends to. */
    FOR_CREDIT,
    /** For data, and nobody waits for it. */
    IDLE
  }

  /**
   * Where one task is.
   *
   * @param watermark {@link Long#MIN_VALUE} = not known yet, {@link Long#MAX_VALUE} = ended
   * @param newest largest event time that it has read from its source; {@link Long#MIN_VALUE} =
   *     none
   * @param waiting what for
   */
  public record Place(long watermark, long newest, Waiting waiting) {
    private static final Place UNKNOWN = new Place(Long.MIN_VALUE, Long.MIN_VALUE, Waiting.NO);

    /** Whether nothing will come any more. */
    public boolean ended() {
      return watermark == Long.MAX_VALUE;
    }

    /** Whether those behind it leave its watermark out. */
    public boolean idle() {
      return waiting == Waiting.IDLE;
    }
  }

  private final Map<String, Set<String>> senders;
  private final Map<String, Place> places = new LinkedHashMap<>();

  /**
   * A clock that knows of no time yet.
   *
   * @param senders for each task those that send to it, none for a task of a source; in the order
   *     of the records' way
   */
  public GlobalClock(Map<String, Set<String>> senders) {
    this.senders = new LinkedHashMap<>(senders);
    senders.keySet().forEach(task -> places.put(task, Place.UNKNOWN));
  }

  /** A task tells where it is; one that is not of the application is not heard. */
  public void tell(String task, Place place) {
    places.computeIfPresent(task, (id, before) -> place);
  }

  /** All tasks, in the order of the records' way. */
  public Set<String> tasks() {
    return senders.keySet();
  }

  /** Those that send to a task. */
  public Set<String> sendersTo(String task) {
    return senders.get(task);
  }

  /** Where a task is. */
  public Place place(String task) {
    return places.get(task);
  }

  /**
   * The least watermark: nothing older is under way anywhere, but for what idle tasks may still
   * read. {@link Long#MIN_VALUE} while it is not known, {@link Long#MAX_VALUE} once all tasks have
   * ended.
   */
  public long watermark() {
    boolean allIdle = places.values().stream().allMatch(Place::idle);
    return places.values().stream()
        .filter(place -> allIdle || !place.idle())
        .mapToLong(Place::watermark)
        .min()
        .orElse(Long.MIN_VALUE);
  }

  /** The largest event time that any source has read; {@link Long#MIN_VALUE} = none. */
  public long newest() {
    return places.values().stream().mapToLong(Place::newest).max().orElse(Long.MIN_VALUE);
  }

  /** How far a watermark is behind the newest event time; -1 where that has no meaning. */
  public long lagMs(long watermark) {
    long newest = newest();
    boolean known =
        watermark != Long.MIN_VALUE && watermark != Long.MAX_VALUE && newest != Long.MIN_VALUE;
    return known ? Math.max(0, Saturated.minus(newest, watermark)) : -1;
  }
}
