package io.geartrain.coordination;

/** Something that lasts until it is closed: a watch, a listener. Closing twice is harmless. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

  /**
   * Ends it. A call of the listener that runs at this moment finishes; no further one begins after
   * the store's thread has seen the close.
   */
  @Override
  void close();
}
