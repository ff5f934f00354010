package io.geartrain.executor.internal;

import io.geartrain.execution.Task;
import io.geartrain.plan.ErrorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of one task: nothing that user code throws leaves them, and it is known which thread
 * runs one at this moment, so that user code that does not return can be found and interrupted
 * without hitting what the thread does next. Turns by one thread at a time; all else by anybody.
 */
public final class TaskTurn {
  private static final Logger LOG = LoggerFactory.getLogger(TaskTurn.class);
  private static final int LAST_TURNS = 3;

  private final Task task;
  private Thread thread;
  private long turn;

  TaskTurn(Task task) {
    this.task = task;
  }

  /** Whose turns these are. */
  public Task task() {
    return task;
  }

  /**
   * Gives the task one turn.
   *
   * @param nanos how long it should last at most
   * @return whether another must follow at once
   */
  public boolean take(long nanos) {
    begin();
    try {
      return task.run(nanos);
    } catch (Throwable e) {
      // the task has its own guard; this one keeps a fault of it from ending the actor system
      LOG.error("Task {} let an error through: {}", task.id(), ErrorText.trace(e));
      task.cancel();
      return true;
    } finally {
      end();
    }
  }

  /** Closes a task that is stopped before its end. */
  public void takeLast() {
    if (!task.isDone()) {
      task.cancel();
      for (int i = 0; i < LAST_TURNS && !task.isDone(); i++) {
        take(0);
      }
    }
  }

  /** The calling thread runs the task from now on. */
  private synchronized void begin() {
    thread = Thread.currentThread();
    turn++;
  }

  /** It runs it no more; an interrupt that was meant for the task is taken back. */
  private synchronized void end() {
    thread = null;
    Thread.interrupted();
  }

  /** Number of the turn that the task is in, from 1; 0 between turns. */
  synchronized long running() {
    return thread == null ? 0 : turn;
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
