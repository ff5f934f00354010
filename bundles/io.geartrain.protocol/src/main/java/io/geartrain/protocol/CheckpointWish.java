package io.geartrain.protocol;

/**
 * What somebody wants who asks for a checkpoint.
 *
 * @param savepoint whether it is kept until somebody deletes it
 * @param label a name for people; null for none
 * @param stop whether the application ends with it
 * @param principal who asks
 */
public record CheckpointWish(boolean savepoint, String label, boolean stop, String principal) {
  /** Checks. */
  public CheckpointWish {
    if (stop && !savepoint) {
      throw new IllegalArgumentException("an application ends with a savepoint only");
    }
  }

  /** A checkpoint like any other, but now. */
  public static CheckpointWish checkpoint(String principal) {
    return new CheckpointWish(false, null, false, principal);
  }
}
