package io.geartrain.api;

/** The definition of an application is wrong; the message says what, where, and what to do. */
public class DefinitionException extends RuntimeException {
  /** With a message for the application's author. */
  public DefinitionException(String message) {
    super(message);
  }

  /** With a message for the application's author, and its cause. */
  public DefinitionException(String message, Throwable cause) {
    super(message, cause);
  }
}
