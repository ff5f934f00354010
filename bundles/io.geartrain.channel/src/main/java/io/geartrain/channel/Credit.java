package io.geartrain.channel;

/**
 * Whether a task may take in the next record: false from the moment in which an output has no empty
 * batch left. Shared by all outputs of one task; on the task's thread.
 */
public final class Credit {
  private boolean exhausted;

  /** Whether the task must stop after the record at hand. */
  public boolean exhausted() {
    return exhausted;
  }

  /** Stops the task after the record at hand. */
  public void exhaust() {
    exhausted = true;
  }

  /** Lets the task go on. */
  public void restore() {
    exhausted = false;
  }
}
