package io.geartrain.launcher;

/** The node can't start; the message is for the user, the status for the shell. */
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  static final int FAILED = 1;
  static final int USAGE = 2;

  private final int status;

  LaunchException(String message) {
    this(message, FAILED, null);
  }

  LaunchException(String message, Throwable cause) {
    this(message, FAILED, cause);
  }

  private LaunchException(String message, int status, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  static LaunchException usage(String message) {
    return new LaunchException(message, USAGE, null);
  }

  int status() {
    return status;
  }
}
