package io.geartrain.execution;

import io.geartrain.spi.CheckpointStore;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Where tasks put their snapshots.
 *
 * @param store keeps the files
 * @param epoch of the app master that asks for checkpoints
 * @param uploads writes to the store; may block
 */
public record Checkpointing(CheckpointStore store, long epoch, Executor uploads) {
  /** Checks that all is there. */
  public Checkpointing {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(uploads, "uploads");
  }
}
