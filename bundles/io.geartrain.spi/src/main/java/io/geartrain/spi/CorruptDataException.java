package io.geartrain.spi;

/** Bytes that no writer has written: damaged, cut off, or of another kind. */
public final class CorruptDataException extends CodecException {
  /** A problem; the message says where. */
  public CorruptDataException(String message) {
    super(message);
  }

  /** A problem with its cause. */
  public CorruptDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
