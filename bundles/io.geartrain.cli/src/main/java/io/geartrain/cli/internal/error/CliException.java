package io.geartrain.cli.internal.error;

/**
 * Ends a command. Tells the person what went wrong, why, and what to do next; the last two may be
 * empty, never null.
 */
public final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String why;
  private final String next;

  public CliException(ExitCode exitCode, String what, String why, String next) {
    this(exitCode.status(), what, why, next);
  }

  /** As the other, with a status that is passed on from a child process. */
  public CliException(int status, String what, String why, String next) {
    super(what);
    this.status = status;
    this.why = why == null ? "" : why;
    this.next = next == null ? "" : next;
  }

  /** The process status. */
  public int status() {
    return status;
  }

  /** The reason, as far as it is known. */
  public String why() {
    return why;
  }

  /** The command or step that helps. */
  public String next() {
    return next;
  }

  /** The same error with other advice. */
  public CliException withNext(String advice) {
    CliException other = new CliException(status, getMessage(), why, advice);
    other.initCause(this);
    return other;
  }
}
