package io.geartrain.execution.internal;

import io.geartrain.api.Emitter;
import io.geartrain.api.EventTime;
import io.geartrain.api.TimestampFunction;
import io.geartrain.channel.Batch;
import io.geartrain.channel.Credit;
import io.geartrain.time.SplitWatermarks.Split;

/**
 * Takes the records of a source's reader: hands the first of each poll straight to the chain, as
 * long as there is credit, and keeps the others for later. On the task's thread.
 */
final class SourceEmitter implements Emitter<Object> {
  private final String sourceId;
  private final Step head;
  private final Credit credit;
  private final TimestampFunction<Object> timestamps;
  private final FailureLatch failures;
  private final Batch kept;
  private Split split;
  private long newest;
  private int straight;
  private int allowed;

  SourceEmitter(
      String sourceId,
      Step head,
      Credit credit,
      EventTime<Object> eventTime,
      FailureLatch failures,
      int most) {
    this.sourceId = sourceId;
    this.head = head;
    this.credit = credit;
    this.timestamps = timestamps(eventTime);
    this.failures = failures;
    this.kept = new Batch(most + 1);
  }

  /** A poll of a split begins, of which so many records may go straight to the chain. */
  void begin(Split polled, int records) {
    split = polled;
    newest = Long.MIN_VALUE;
    straight = records;
    allowed = records;
  }

  /** The poll is over. */
  void end() {
    if (given() > 0) {
      split.observe(newest);
    }
  }

  /** The largest timestamp of the poll. */
  long newest() {
    return newest;
  }

  /** How many records the poll has given. */
  int given() {
    return allowed - straight + kept.size();
  }

  @Override
  public void emit(Object value) {
    emit(value, 0);
  }

  @Override
  public void emit(Object value, long readersTimestamp) {
    if (value == null) {
      throw new NullPointerException("source '" + sourceId + "' emitted null");
    }
    long timestamp = timestamps == null ? readersTimestamp : timestampOf(value);
    if (timestamp > newest) {
      newest = timestamp;
    }
    if (straight == 0 || credit.exhausted()) {
      keep(value, timestamp);
    } else {
      straight--;
      head.process(value, timestamp);
    }
  }

  /** The records that were not handed on. */
  Batch kept() {
    return kept;
  }

  private long timestampOf(Object value) {
    try {
      return timestamps.timestamp(value);
    } catch (Throwable e) {
      throw failures.note(sourceId, value, null, e);
    }
  }

  private void keep(Object value, long timestamp) {
    if (!kept.add(value, timestamp)) {
      kept.grow();
    }
  }

  @SuppressWarnings("unchecked")
  private static TimestampFunction<Object> timestamps(EventTime<Object> eventTime) {
    return (TimestampFunction<Object>) eventTime.timestamp();
  }
}
