package io.geartrain.features;

/** A feature could not be read, installed or removed; the message names the file and the cure. */
public final class FeatureException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was wrong, in which file and line, and what to do
   */
  public FeatureException(String message) {
    super(message);
  }

  /**
   * @param message what was wrong, in which file and line, and what to do
   * @param cause the failure below
   */
  public FeatureException(String message, Throwable cause) {
    super(message, cause);
  }
}
