package io.geartrain.console.rest.internal.events;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the state of the cluster once for all subscribers, and tells them what has changed. {@link
 * #poll} and {@link #beat} are called by timers, one call of each at a time; guarded by itself.
 */
public final class EventHub {
  /** Gets events; its methods return at once and may unsubscribe it. */
  public interface Subscriber {
    /** Something has changed; a later event of the same name replaces one that is still waiting. */
    void send(String event, byte[] data);

    /** Nothing has changed for a while. */
    void beat();

    /** There will be no more events. */
    void close();
  }

  private final Supplier<Map<String, byte[]>> state;
  private final int maxSubscribers;
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private final Map<String, byte[]> last = new LinkedHashMap<>();
  private boolean closed;

  /**
   * A hub.
   *
   * @param state reads the documents, by the name of their event; may block and may throw
   */
  public EventHub(Supplier<Map<String, byte[]>> state, int maxSubscribers) {
    this.state = state;
    this.maxSubscribers = maxSubscribers;
  }

  /** False if one more would be refused. */
  public synchronized boolean hasRoom() {
    return !closed && subscribers.size() < maxSubscribers;
  }

  /** Adds a subscriber, which is told all that is known; false if there are too many. */
  public synchronized boolean subscribe(Subscriber subscriber) {
    if (!hasRoom()) {
      return false;
    }
    subscribers.add(subscriber);
    Map.copyOf(last).forEach(subscriber::send);
    return true;
  }

  /** Removes a subscriber. */
  public synchronized void unsubscribe(Subscriber subscriber) {
    subscribers.remove(subscriber);
    if (subscribers.isEmpty()) {
      last.clear();
    }
  }

  /** Reads the state if anybody wants it, and sends what differs from the last time. */
  public void poll() {
    synchronized (this) {
      if (subscribers.isEmpty()) {
        return;
      }
    }
    Map<String, byte[]> now = state.get();
    synchronized (this) {
      if (subscribers.isEmpty()) {
        return;
      }
      now.forEach(
          (event, data) -> {
            if (!Arrays.equals(data, last.put(event, data))) {
              List.copyOf(subscribers).forEach(subscriber -> subscriber.send(event, data));
            }
          });
    }
  }

  /** Sends a sign of life; finds out who has gone. */
  public void beat() {
    List<Subscriber> all;
    synchronized (this) {
      all = List.copyOf(subscribers);
    }
    all.forEach(Subscriber::beat);
  }

  /** Ends all subscriptions; there will be no new ones. */
  public void close() {
    List<Subscriber> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(subscribers);
      subscribers.clear();
    }
    all.forEach(Subscriber::close);
  }

  /** How many listen. */
  public synchronized int size() {
    return subscribers.size();
  }
}
