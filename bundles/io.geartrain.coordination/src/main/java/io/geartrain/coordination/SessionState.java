package io.geartrain.coordination;

/** How this process stands with the store. */
public enum SessionState {
  /** Connected for the first time. */
  CONNECTED,
  /**
   * The connection is gone, the session may still live. Nothing can be read or written; a leader
   * stops acting, for another may already be elected.
   */
  SUSPENDED,
  /** The session is over: its ephemeral nodes are gone. A leader steps down. */
  LOST,
  /**
   * Connected again. Directly after {@link #SUSPENDED} it is the same session with its ephemeral
   * nodes; after {@link #LOST} it is a new one without any.
   */
  RECONNECTED;

  /** Whether calls have a chance to succeed. */
  public boolean connected() {
    return this == CONNECTED || this == RECONNECTED;
  }
}
