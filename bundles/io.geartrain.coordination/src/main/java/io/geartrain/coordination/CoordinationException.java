package io.geartrain.coordination;

/** What can go wrong with the store; the subclass says what the caller can do about it. */
public abstract sealed class CoordinationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String path;

  private CoordinationException(String path, String message, Throwable cause) {
    super(message, cause);
    this.path = path;
  }

  /** The node it is about. */
  public String path() {
    return path;
  }

  /** Whether the same call may succeed a little later. */
  public boolean retryable() {
    return this instanceof Unavailable;
  }

  /** The node to create is there already. */
  public static final class NodeExists extends CoordinationException {
    private static final long serialVersionUID = 1L;

    public NodeExists(String path) {
      super(path, path + " exists already", null);
    }
  }

  /** The node to write, check or delete does not exist. */
  public static final class NoNode extends CoordinationException {
    private static final long serialVersionUID = 1L;

    public NoNode(String path) {
      super(path, path + " does not exist", null);
    }
  }

  /** The node to delete has children. */
  public static final class NotEmpty extends CoordinationException {
    private static final long serialVersionUID = 1L;

    public NotEmpty(String path) {
      super(path, path + " has children; delete them first", null);
    }
  }

  /** Somebody else has written the node since it was read: read it again and decide anew. */
  public static final class BadVersion extends CoordinationException {
    private static final long serialVersionUID = 1L;

    /** As {@link #found}: the version was not known when the exception was made. */
    public static final int UNKNOWN = -1;

    private final int expected;
    private final int found;

    public BadVersion(String path, int expected, int found) {
      super(
          path,
          path
              + " was expected in version "
              + expected
              + " but "
              + (found == UNKNOWN ? "has changed since" : "has version " + found),
          null);
      this.expected = expected;
      this.found = found;
    }

    /** The version that the caller named. */
    public int expected() {
      return expected;
    }

    /** The version that the node had just after the refusal, or {@link #UNKNOWN}. */
    public int found() {
      return found;
    }
  }

  /** A write under an epoch that has passed: the writer was deposed and must stop acting. */
  public static final class Fenced extends CoordinationException {
    private static final long serialVersionUID = 1L;

    public Fenced(Epoch epoch, CoordinationException cause) {
      super(
          epoch.path(),
          "epoch " + epoch.value() + " of " + epoch.path() + " has passed; nothing was written",
          cause);
    }
  }

  /** The store does not answer. A write may or may not have happened; try again later. */
  public static final class Unavailable extends CoordinationException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String path, String reason, Throwable cause) {
      super(path, path + ": the coordination store does not answer (" + reason + ")", cause);
    }
  }

  /**
   * The store answered, but neither will the call succeed later: refused access, closed, damaged.
   */
  public static final class Failed extends CoordinationException {
    private static final long serialVersionUID = 1L;

    public Failed(String path, String reason, Throwable cause) {
      super(path, path + ": " + reason, cause);
    }
  }
}
