package io.geartrain.channel;

/** A task that may sleep; may be called by any thread, at any time, and never blocks. */
@FunctionalInterface
public interface Wakeable {
  /** Something has changed that the task may wait for; a turn of it will come. */
  void wake();
}
