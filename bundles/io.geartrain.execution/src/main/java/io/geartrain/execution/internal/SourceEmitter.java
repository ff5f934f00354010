package io.geartrain.execution.internal;

import io.geartrain.api.Emitter;
import io.geartrain.channel.Batch;
import io.geartrain.channel.Credit;

/**
 * Takes the records of a source's reader: hands them straight to the chain while there is credit,
 * and keeps the rest of a poll for later. On the task's thread.
 */
final class SourceEmitter implements Emitter<Object> {
  private final String sourceId;
  private final Step head;
  private final Credit credit;
  private final Batch kept;

  SourceEmitter(String sourceId, Step head, Credit credit, int most) {
    this.sourceId = sourceId;
    this.head = head;
    this.credit = credit;
    this.kept = new Batch(most + 1);
  }

  @Override
  public void emit(Object value) {
    emit(value, 0);
  }

  @Override
  public void emit(Object value, long timestamp) {
    if (value == null) {
      throw new NullPointerException("source '" + sourceId + "' emitted null");
    }
    if (credit.exhausted()) {
      keep(value, timestamp);
    } else {
      head.process(value, timestamp);
    }
  }

  /** The records that came when there was no credit. */
  Batch kept() {
    return kept;
  }

  private void keep(Object value, long timestamp) {
    if (!kept.add(value, timestamp)) {
      kept.grow();
    }
  }
}
