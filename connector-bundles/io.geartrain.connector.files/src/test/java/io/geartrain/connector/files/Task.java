package io.geartrain.connector.files;

import io.geartrain.api.Emitter;
import io.geartrain.api.OutputTag;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Settings;
import java.util.Map;

/** A task of a sink. */
record Task(String applicationId, String processorId, int taskIndex, int parallelism)
    implements ProcessorContext {
  Task(int taskIndex, int parallelism) {
    this("app-1", taskIndex, parallelism);
  }

  Task(String applicationId, int taskIndex, int parallelism) {
    this(applicationId, "sink/1", taskIndex, parallelism);
  }

  @Override
  public <R> Emitter<R> output(OutputTag<R> tag) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Settings settings() {
    return Settings.of(Map.of());
  }
}
