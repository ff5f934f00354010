package io.geartrain.time;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Timers of many keys, the earliest first, and of those of one time the one that was set first; a
 * timer is its time and its key, and is there once. What is taken back stays in the queue for a
 * while, but never makes up more than half of it.
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
  private final Map<Timer<K>, Queued<K>> live = new HashMap<>();
  private long order;

  /** Sets a timer; false if it was set already. */
  public boolean add(long timestamp, K key) {
    Queued<K> queued = new Queued<>(new Timer<>(timestamp, key), order);
    if (live.putIfAbsent(queued.timer(), queued) != null) {
      return false;
    }
    order++;
    return queue.add(queued);
  }

  /** Takes a timer back; false if it was not set. */
  public boolean remove(long timestamp, K key) {
    if (live.remove(new Timer<>(timestamp, key)) == null) {
      return false;
    }
    if (queue.size() > 2 * live.size()) {
      queue.removeIf(queued -> !isLive(queued));
    }
    return true;
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

  /** How many timers are in the queue, those among them that were taken back. */
  int queued() {
    return queue.size();
  }

  private boolean isLive(Queued<K> queued) {
    return live.get(queued.timer()) == queued;
  }

  private void dropRemoved() {
    while (!queue.isEmpty() && !isLive(queue.peek())) {
      queue.poll();
    }
  }
}
