package io.geartrain.transport;

/** Records can't pass a channel as bytes. */
public abstract sealed class TransportException extends RuntimeException
    permits CorruptFrame, RefusedRecord {
  private static final long serialVersionUID = 1L;

  TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
