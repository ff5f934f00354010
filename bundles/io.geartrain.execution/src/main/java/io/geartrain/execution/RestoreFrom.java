package io.geartrain.execution;

import io.geartrain.spi.CheckpointStore;
import io.geartrain.state.Manifest;
import java.util.Objects;

/**
 * The checkpoint that tasks begin with, whatever the parallelism was then.
 *
 * @param manifest names its files
 * @param store holds them
 */
public record RestoreFrom(Manifest manifest, CheckpointStore store) {
  /** Checks that all is there. */
  public RestoreFrom {
    Objects.requireNonNull(manifest, "manifest");
    Objects.requireNonNull(store, "store");
  }
}
