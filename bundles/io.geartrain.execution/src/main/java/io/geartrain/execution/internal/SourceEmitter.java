package io.geartrain.execution.internal;

import io.geartrain.api.Emitter;
import io.geartrain.channel.Batch;
import io.geartrain.channel.Credit;

/**
 * Takes the records of a source's reader: hands the first of each poll straight to the chain, as
 * long as there is credit, and keeps the others for later. On the task's thread.
 */
final class SourceEmitter implements Emitter<Object> {
  private final String sourceId;
  private final Step head;
  private final Credit credit;
  private final Batch kept;
  private int straight;

  SourceEmitter(String sourceId, Step head, Credit credit, int most) {
    this.sourceId = sourceId;
    this.head = head;
    this.credit = credit;
    this.kept = new Batch(most + 1);
  }

  /** A poll begins, of which so many records may go straight to the chain. */
  void begin(int records) {
    straight = records;
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

  private void keep(Object value, long timestamp) {
    if (!kept.add(value, timestamp)) {
      kept.grow();
    }
  }
}
