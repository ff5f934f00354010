package io.geartrain.execution.internal;

import io.geartrain.api.Timers;
import io.geartrain.api.Watermark;
import io.geartrain.channel.KeyGroup;
import io.geartrain.state.KeyedStates;
import io.geartrain.state.TimerTable;
import io.geartrain.time.TimerQueue;

/**
 * The timers of all keys of a step, seen from the key at hand, in the order in which they are due
 * and, for checkpoints, by key. On the task's thread.
 */
final class KeyTimers implements Timers {
  /** Timers of one sense of time. */
  private static final class Kind {
    final TimerQueue<Object> queue = new TimerQueue<>();
    final TimerTable<Object> table;

    Kind(TimerTable<Object> table) {
      this.table = table;
      table.forEach((key, time) -> queue.add(time, key));
    }

    void add(long time, Object key, int hash) {
      if (queue.add(time, key)) {
        table.add(key, hash, time);
      }
    }

    void remove(long time, Object key, int hash) {
      if (queue.remove(time, key)) {
        table.remove(key, hash, time);
      }
    }

    TimerQueue.Timer<Object> poll(long time) {
      TimerQueue.Timer<Object> timer = queue.poll(time);
      if (timer != null) {
        table.remove(timer.key(), KeyGroup.spread(timer.key()), timer.timestamp());
      }
      return timer;
    }
  }

  private final KeyedStates<Object> states;
  private final TaskClock clock;
  private final Kind eventTime;
  private final Kind processingTime;
  private long watermark;

  KeyTimers(KeyedStates<Object> states, TaskClock clock, long watermark) {
    this.states = states;
    this.clock = clock;
    this.eventTime = new Kind(states.timers("event-time timers"));
    this.processingTime = new Kind(states.timers("processing-time timers"));
    this.watermark = watermark;
  }

  /** The next timer that is due, now gone from here; null if there is none. */
  TimerQueue.Timer<Object> poll(long time, Domain domain) {
    return (domain == Domain.EVENT_TIME ? eventTime : processingTime).poll(time);
  }

  /** When the clock must call; far off if no timer waits for it. */
  long nextProcessingTime() {
    return processingTime.queue.next();
  }

  void watermark(long watermarkMs) {
    watermark = watermarkMs;
  }

  @Override
  public long watermark() {
    return watermark;
  }

  @Override
  public long processingTime() {
    return clock.millis();
  }

  @Override
  public void onEventTime(long timestamp) {
    if (watermark != Watermark.MAX) {
      eventTime.add(timestamp, states.key(), states.hash());
    }
  }

  @Override
  public void onProcessingTime(long timestamp) {
    processingTime.add(timestamp, states.key(), states.hash());
  }

  @Override
  public void cancelEventTime(long timestamp) {
    eventTime.remove(timestamp, states.key(), states.hash());
  }

  @Override
  public void cancelProcessingTime(long timestamp) {
    processingTime.remove(timestamp, states.key(), states.hash());
  }
}
