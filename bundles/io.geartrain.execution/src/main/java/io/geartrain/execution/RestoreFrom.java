package io.geartrain.execution;

import io.geartrain.spi.CheckpointStore;
import io.geartrain.state.Manifest;
import java.util.Objects;

/**
 * The checkpoint that tasks begin with, whatever the parallelism was then.
 *
 * @param manifest names its files
 * @param store holds them
 * @param publishOnly whether the tasks only make visible what was made ready in it, and then are at
 *     their end
 */
public record RestoreFrom(Manifest manifest, CheckpointStore store, boolean publishOnly) {
  /** Checks that all is there. */
  public RestoreFrom {
    Objects.requireNonNull(manifest, "manifest");
    Objects.requireNonNull(store, "store");
  }

  /** To go on with the work. */
  public RestoreFrom(Manifest manifest, CheckpointStore store) {
    this(manifest, store, false);
  }
}
