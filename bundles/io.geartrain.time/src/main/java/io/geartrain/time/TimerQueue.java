package io.geartrain.time;

import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Timers of many keys, the earliest first; a timer is its time and its key, and is there once.
 *
 * @param <K> type of the keys
 */
public final class TimerQueue<K> {
  /** A timer. */
  public record Timer<K>(long timestamp, K key) {}

  private record Queued<K>(Timer<K> timer, long order) implements Comparable<Queued<K>> {
    @Override
    public int compareTo(Queued<K> other) {
      int byTime = Long.compare(timer.timestamp(), other.timer.timestamp());
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Queued<K>> queue = new PriorityQueue<>();
  private final Set<Timer<K>> live = new HashSet<>();
  private long order;

  /** Sets a timer; false if it was set already. */
  public boolean add(long timestamp, K key) {
    Timer<K> timer = new Timer<>(timestamp, key);
    return live.add(timer) && queue.add(new Queued<>(timer, order++));
  }

  /** Takes a timer back; false if it was not set. */
  public boolean remove(long timestamp, K key) {
    return live.remove(new Timer<>(timestamp, key));
  }

  /** When the earliest timer is due; {@link Long#MAX_VALUE} if there is none. */
  public long next() {
    dropRemoved();
    Queued<K> head = queue.peek();
    return head == null ? Long.MAX_VALUE : head.timer().timestamp();
  }

  /** Takes the earliest timer that is due at a time; null if there is none. */
  public Timer<K> poll(long nowMs) {
    if (next() > nowMs || queue.isEmpty()) {
      return null;
    }
    Timer<K> timer = queue.poll().timer();
    live.remove(timer);
    return timer;
  }

  /** How many timers are set. */
  public int size() {
    return live.size();
  }

  private void dropRemoved() {
    while (!queue.isEmpty() && !live.contains(queue.peek().timer())) {
      queue.poll();
    }
  }
}
