package io.geartrain.cli.internal.command;

/** Tells commands that the process is asked to end: Ctrl-C, or a signal to terminate. */
public interface Interrupts {
  /**
   * Runs an action, on a thread of its own, when the process is asked to end; the process waits for
   * it.
   *
   * @return closes when the action is no longer wanted
   */
  Registration onInterrupt(Runnable action);

  /** Whether the process is ending. */
  boolean pending();

  /** Undoes a registration. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
