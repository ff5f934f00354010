package io.geartrain.cli.internal.error;

/** The statuses with which {@code gear} ends; scripts rely on them. */
public enum ExitCode {
  OK(0),
  FAILED(1),
  USAGE(2),
  NOT_FOUND(3),
  AUTHENTICATION(4),
  UNREACHABLE(5),
  TIMEOUT(6),
  CONFLICT(7),
  INTERRUPTED(130);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The process status. */
  public int status() {
    return status;
  }
}
