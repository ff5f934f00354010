package io.geartrain.execution.internal;

import io.geartrain.codec.CodecRegistry;
import io.geartrain.spi.Output;
import io.geartrain.state.KeyedStates;
import io.geartrain.state.OperatorState;
import io.geartrain.state.Snapshot;
import io.geartrain.state.SnapshotUpload;
import io.geartrain.state.StateException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A snapshot of a task being taken: small state at once, keyed state piece by piece between
 * batches. What can't be saved spoils the snapshot, never the task. On the task's thread.
 */
public final class TaskSnapshot {
  private static final long MANY_BYTES = 8L << 20;

  private final long checkpointId;
  private final CodecRegistry types;
  private final SnapshotUpload upload;
  private final List<Snapshot> parts = new ArrayList<>();
  private Snapshot all;
  private String problem;

  /** A snapshot that goes to an upload. */
  public TaskSnapshot(long checkpointId, TaskState state, SnapshotUpload upload) {
    this.checkpointId = checkpointId;
    this.types = state.types();
    this.upload = upload;
  }

  /** Which checkpoint it belongs to. */
  public long checkpointId() {
    return checkpointId;
  }

  /** Saves a value at once. */
  void put(String step, String name, Object value) {
    try {
      new OperatorState(types.any(), upload.sink(step)).put(name, value);
    } catch (StateException e) {
      fail("step '" + step + "': " + e.getMessage());
    }
  }

  /** Saves keyed state as it is now, bit by bit. */
  void keyed(String step, KeyedStates<?> states) {
    parts.add(states.begin(upload.sink(step)));
  }

  /** It can't be. */
  void fail(String why) {
    problem = problem == null ? why : problem;
  }

  /** Why it can't be; null if it can. */
  public String problem() {
    return problem;
  }

  /**
   * Writes on, unless the store is far behind.
   *
   * @return true once all is handed over
   * @throws StateException if something can't be saved
   */
  public boolean step(long budgetNanos, LongSupplier nanoTime) {
    if (upload.queuedBytes() > MANY_BYTES) {
      return false;
    }
    if (all == null) {
      all = Snapshot.all(parts);
    }
    if (!all.step(budgetNanos, nanoTime)) {
      return false;
    }
    Output dictionary = new Output();
    types.dictionary().write(dictionary);
    upload.finish(dictionary.toByteArray());
    return true;
  }

  /** Gives up. */
  public void abort() {
    parts.forEach(Snapshot::abort);
    upload.abort();
  }
}
