package io.geartrain.executor.internal;

/**
 * Which thread runs a task at this moment, so that user code that does not return can be found and
 * interrupted without hitting what the thread does next. Thread-safe.
 */
final class TaskTurn {
  private Thread thread;

  /** The calling thread runs the task from now on. */
  synchronized void begin() {
    thread = Thread.currentThread();
  }

  /** It runs it no more; an interrupt that was meant for the task is taken back. */
  synchronized void end() {
    thread = null;
    Thread.interrupted();
  }

  /** Interrupts the task, if it is in a turn. */
  synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Where the task is; empty between turns. */
  synchronized StackTraceElement[] stack() {
    return thread == null ? new StackTraceElement[0] : thread.getStackTrace();
  }
}
