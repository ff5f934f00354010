package io.geartrain.spi;

/** A bundle can't be used; the message says which, why, and what to do. */
public class BundleProblem extends RuntimeException {
  private final String code;

  /**
   * A problem.
   *
   * @param code stable name of the kind of problem, in kebab case: {@code bundle-not-a-zip}
   * @param message for the person who deploys
   */
  public BundleProblem(String code, String message) {
    super(message);
    this.code = code;
  }

  /** A problem with its cause. */
  public BundleProblem(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Stable name of the kind of problem. */
  public String code() {
    return code;
  }
}
