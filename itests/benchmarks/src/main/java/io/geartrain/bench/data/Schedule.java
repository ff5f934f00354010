package io.geartrain.bench.data;

/** When the events of a fixed rate are due; on one thread. */
public final class Schedule {
  private final double nanosApart;
  private long begun;
  private long made;

  /** So many a second, the first one now. */
  public Schedule(long perSecond, long nowNanos) {
    nanosApart = 1e9 / perSecond;
    begun = nowNanos;
  }

  /** When the next event is due. */
  public long due() {
    return begun + (long) (made * nanosApart);
  }

  /** Makes the next event, with the key that is its turn. */
  public Event make(int stage) {
    return make(Event.keyOf(made), stage);
  }

  /** Makes the next event, with a key. */
  public Event make(int key, int stage) {
    long due = due();
    made++;
    return new Event(key, System.nanoTime(), due, stage);
  }
}
