package io.geartrain.state;

/** A file of a checkpoint is not as it was written; the message names the file and the part. */
public final class DamagedSnapshotException extends StateException {
  /** A problem. */
  public DamagedSnapshotException(String file, String part, String what) {
    super("the checkpoint file " + file + " is damaged in its " + part + ": " + what);
  }

  /** A problem with its cause. */
  public DamagedSnapshotException(String file, String part, String what, Throwable cause) {
    super("the checkpoint file " + file + " is damaged in its " + part + ": " + what, cause);
  }
}
