package io.geartrain.simulation.fault;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How often what has happened. One thread. */
public final class Coverage {
  /** What is counted beside faults. */
  public enum Sight {
    /** An application came to its end, and its output is whole. */
    COMPLETED,
    /** A person has stopped an application. */
    CANCELLED,
    /** A damaged checkpoint has ended an application, with the choices named. */
    FAILED_FOR_DAMAGE,
    /** The last checkpoint could not be made, and the application has failed. */
    FAILED_FOR_LAST_CHECKPOINT,
    /** A checkpoint came to stand. */
    CHECKPOINT_COMMITTED,
    /** A checkpoint was to be committed by an app master whose epoch had passed, and was not. */
    COMMIT_FENCED,
    /** Tasks began with a checkpoint. */
    RESTORED,
    /** Tasks began with a checkpoint of another parallelism. */
    RESTORED_RESCALED,
    /** An app master was launched. */
    APP_MASTER_LAUNCHED,
    /** A master was elected. */
    MASTER_ELECTED,
    /** Two app masters of one application lived at a time. */
    TWO_APP_MASTERS,
    /** What was read back was not what was written, and the store has noticed. */
    DAMAGED_WRITE_NOTICED,
    /** A message came to nobody. */
    DEAD_LETTER,
    /** A message was lost on its way when its sender died. */
    MESSAGE_LOST,
    /** A process died in the midst of what it did. */
    DIED_WITHIN_CALL,
    /** A part of a checkpoint was a file of its own. */
    PART_IN_STORE,
    /** What sinks had made ready was taken back. */
    DISCARDED,
    /** A sink was told again to make visible what was visible. */
    PUBLISHED_AGAIN,
    /** A record came too late for its window. */
    LATE_RECORD
  }

  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Map<Sight, Long> sights = new EnumMap<>(Sight.class);
  private final Map<String, Long> hits = new TreeMap<>();

  /** A fault hits at a moment. */
  void hit(Fault fault, Moment moment) {
    faults.merge(fault, 1L, Long::sum);
    hits.merge(fault + " at " + moment, 1L, Long::sum);
  }

  /** Something is seen. */
  public void see(Sight sight) {
    sights.merge(sight, 1L, Long::sum);
  }

  /** How often a fault has hit. */
  public long of(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /** How often something was seen. */
  public long of(Sight sight) {
    return sights.getOrDefault(sight, 0L);
  }

  /** Pairs of a fault and a moment that have happened. */
  public int pairs() {
    return hits.size();
  }

  /** Adds what was counted elsewhere. */
  public void add(Coverage other) {
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    other.sights.forEach((sight, count) -> sights.merge(sight, count, Long::sum));
    other.hits.forEach((hit, count) -> hits.merge(hit, count, Long::sum));
  }

  /** All counts, one a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Sight sight : Sight.values()) {
      text.append("%10d  %s%n".formatted(of(sight), words(sight)));
    }
    for (Fault fault : Fault.values()) {
      text.append("%10d  fault: %s%n".formatted(of(fault), words(fault)));
    }
    return text.append("%10d  kinds of faults at kinds of moments%n".formatted(pairs())).toString();
  }

  private static String words(Enum<?> name) {
    return name.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
