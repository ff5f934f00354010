package io.geartrain.executor.internal;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.Props;
import io.geartrain.execution.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a task its turns, of 200 µs each, whenever it has work; between two of them the actor's
 * other messages and other tasks get theirs. Nothing that user code throws reaches Akka.
 */
final class TaskActor extends AbstractActor {
  private static final Logger LOG = LoggerFactory.getLogger(TaskActor.class);
  private static final long TURN_NANOS = 200_000;
  private static final int LAST_TURNS = 3;

  private final Task task;
  private final TaskTurn turn;

  private TaskActor(Task task, TaskTurn turn) {
    this.task = task;
    this.turn = turn;
  }

  static Props props(Task task, TaskTurn turn, String dispatcher) {
    return Props.create(TaskActor.class, () -> new TaskActor(task, turn))
        .withDispatcher(dispatcher);
  }

  /** Lets the task ask for turns when it sleeps. */
  static void connect(Task task, ActorRef actor) {
    task.onWake(() -> actor.tell(Run.RUN, ActorRef.noSender()));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder().match(Run.class, run -> onRun()).build();
  }

  private void onRun() {
    if (task.isDone()) {
      return;
    }
    boolean more = turn();
    if (task.isDone()) {
      getContext().getParent().tell(new Ended(task.id()), getSelf());
    } else if (more) {
      getSelf().tell(Run.RUN, ActorRef.noSender());
    }
  }

  private boolean turn() {
    turn.begin();
    try {
      return task.run(System.nanoTime() + TURN_NANOS);
    } catch (Throwable e) {
      // the task has its own guard; this one keeps a fault of it from ending the actor system
      LOG.error("Task {} let an error through", task.id(), e);
      task.cancel();
      return true;
    } finally {
      turn.end();
    }
  }

  /** Closes a task that is stopped before its end. */
  @Override
  public void postStop() {
    if (!task.isDone()) {
      task.cancel();
      for (int i = 0; i < LAST_TURNS && !task.isDone(); i++) {
        turn();
      }
    }
  }

  /** The task wants a turn; stays in this JVM and passes no serialiser. */
  private enum Run implements NoSerializationVerificationNeeded {
    RUN
  }

  /** The task has taken its last turn. */
  record Ended(String taskId) implements NoSerializationVerificationNeeded {}
}
