package io.geartrain.spi;

/** A value can't be written or read; the message names the type and says what to do. */
public class CodecException extends RuntimeException {
  /** A problem. */
  public CodecException(String message) {
    super(message);
  }

  /** A problem with its cause. */
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
