package io.geartrain.simulation.time;

import java.util.function.Consumer;

/**
 * What has happened, in order, as a hash: equal hashes, equal runs. The lines go to whoever wants
 * to read them. One thread.
 */
public final class EventLog {
  private static final long PRIME = 0x100000001b3L;
  private static final long MILLION = 1_000_000;

  private final Consumer<String> reader;
  private long hash = 0xcbf29ce484222325L;
  private long lines;

  /**
   * An empty log.
   *
   * @param reader takes each line; null if nobody reads
   */
  public EventLog(Consumer<String> reader) {
    this.reader = reader;
  }

  /** Something happens. */
  void add(long nanos, String who, String what) {
    lines++;
    mix(nanos);
    mix(who);
    mix(what);
    if (reader != null) {
      reader.accept("%6d.%06d %-18s %s".formatted(nanos / MILLION, nanos % MILLION, who, what));
    }
  }

  /** Of all lines so far. */
  public long hash() {
    return hash;
  }

  /** How many lines there are. */
  public long lines() {
    return lines;
  }

  private void mix(String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
  }

  private void mix(long number) {
    hash = (hash ^ number) * PRIME;
    hash ^= hash >>> 29;
  }
}
