package io.geartrain.client;

/** The cluster refused, or can't be reached; the message says what is wrong and what to do. */
public class ClusterException extends RuntimeException {
  /** Code of a cluster without a reachable master. */
  public static final String UNAVAILABLE = "unavailable";

  private final String code;
  private final String hint;

  /**
   * A refusal.
   *
   * @param code stable name of the reason, in kebab case
   * @param message what is wrong, and where
   * @param hint what to do; may be null
   */
  public ClusterException(String code, String message, String hint) {
    super(message);
    this.code = code;
    this.hint = hint;
  }

  /** Stable name of the reason. */
  public String code() {
    return code;
  }

  /** What to do; may be null. */
  public String hint() {
    return hint;
  }
}
