package io.geartrain.state;

/** State can't be kept, saved or restored; the message says which, and what to do. */
public class StateException extends RuntimeException {
  /** A problem. */
  public StateException(String message) {
    super(message);
  }

  /** A problem with its cause. */
  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
