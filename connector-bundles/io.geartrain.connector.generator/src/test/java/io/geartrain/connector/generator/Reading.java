package io.geartrain.connector.generator;

import io.geartrain.api.Emitter;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import java.util.ArrayList;
import java.util.List;

/** Reads a split and keeps what it gave. */
final class Reading implements Emitter<Long> {
  private final SplitReader<Long> reader;
  private final List<Long> values = new ArrayList<>();

  Reading(GeneratorSource<Long> source, SourceSplit split) {
    this.reader = source.open(split, null);
  }

  /** Opens all splits. */
  static List<Reading> of(GeneratorSource<Long> source, List<SourceSplit> splits) {
    return splits.stream().map(split -> new Reading(source, split)).toList();
  }

  ReadStatus poll(int max) throws Exception {
    return reader.poll(this, max);
  }

  /** Reads all that there is now; the status which said that there is no more. */
  ReadStatus drain() throws Exception {
    ReadStatus status = poll(16);
    while (status instanceof ReadStatus.More) {
      status = poll(16);
    }
    return status;
  }

  SourceSplit remaining() throws Exception {
    return reader.remaining();
  }

  List<Long> values() {
    return values;
  }

  @Override
  public void emit(Long value) {
    throw new AssertionError("emitted without a timestamp: " + value);
  }

  @Override
  public void emit(Long value, long timestamp) {
    values.add(value);
  }
}
