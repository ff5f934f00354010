package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/** The last step of a stream, to be named or sized. */
@ProviderType
public interface SinkStep {
  /** Names the step; the name is shown everywhere and keeps its state. */
  SinkStep id(String id);

  /** Sets how many tasks run the step. */
  SinkStep parallelism(int tasks);

  /** Says that the sink may block; see {@link Blocking}. */
  SinkStep blocking();
}
