package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/** What a task knows of itself. */
@ProviderType
public interface ProcessorContext {
  /** Id of the application, {@code word-count-7f3a}. */
  String applicationId();

  /** Id of the step. */
  String processorId();

  /** Which of the step's tasks this is, from 0. */
  int taskIndex();

  /** How many tasks the step has. */
  int parallelism();

  /**
   * A side output of the step. Good only during calls that hand over an emitter.
   *
   * @throws IllegalStateException if no stream is read from it
   */
  <R> Emitter<R> output(OutputTag<R> tag);

  /** What was set at submission. */
  Settings settings();
}
