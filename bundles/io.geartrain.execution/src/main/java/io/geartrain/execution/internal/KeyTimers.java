package io.geartrain.execution.internal;

import io.geartrain.api.Timers;
import io.geartrain.time.TimerQueue;

/** The timers of all keys of a step, seen from the key at hand; on the task's thread. */
final class KeyTimers implements Timers {
  private final KeyedStates states;
  private final TaskClock clock;
  private final TimerQueue<Object> eventTime = new TimerQueue<>();
  private final TimerQueue<Object> processingTime = new TimerQueue<>();
  private long watermark = Long.MIN_VALUE;

  KeyTimers(KeyedStates states, TaskClock clock) {
    this.states = states;
    this.clock = clock;
  }

  TimerQueue<Object> eventTime() {
    return eventTime;
  }

  TimerQueue<Object> processingTimers() {
    return processingTime;
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
    eventTime.add(timestamp, states.key());
  }

  @Override
  public void onProcessingTime(long timestamp) {
    processingTime.add(timestamp, states.key());
  }

  @Override
  public void cancelEventTime(long timestamp) {
    eventTime.remove(timestamp, states.key());
  }

  @Override
  public void cancelProcessingTime(long timestamp) {
    processingTime.remove(timestamp, states.key());
  }
}
