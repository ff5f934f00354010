package io.geartrain.executor.internal;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.Props;
import io.geartrain.execution.Task;

/**
 * Gives a task its turns, of 200 µs each, whenever it has work; between two of them the actor's
 * other messages and other tasks get theirs. Nothing that user code throws reaches Akka.
 */
final class TaskActor extends AbstractActor {
  private static final long TURN_NANOS = 200_000;

  private final Task task;
  private final TaskTurn turn;

  private TaskActor(TaskTurn turn) {
    this.task = turn.task();
    this.turn = turn;
  }

  static Props props(TaskTurn turn, String dispatcher) {
    return Props.create(TaskActor.class, () -> new TaskActor(turn)).withDispatcher(dispatcher);
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
    boolean more = turn.take(TURN_NANOS);
    if (task.isDone()) {
      getContext().getParent().tell(new Ended(task.id()), getSelf());
    } else if (more) {
      getSelf().tell(Run.RUN, ActorRef.noSender());
    }
  }

  /** Closes a task that is stopped before its end. */
  @Override
  public void postStop() {
    turn.takeLast();
  }

  /** The task wants a turn; stays in this JVM and passes no serialiser. */
  private enum Run implements NoSerializationVerificationNeeded {
    RUN
  }

  /** The task has taken its last turn. */
  record Ended(String taskId) implements NoSerializationVerificationNeeded {}
}
