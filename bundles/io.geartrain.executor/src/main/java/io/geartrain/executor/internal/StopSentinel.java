package io.geartrain.executor.internal;

import akka.actor.AbstractActor;
import akka.actor.Props;
import io.geartrain.actor.GearDispatchers;

/**
 * A child that does nothing but to be stopped: so an executor hears that it is being stopped while
 * a task may still hold its thread.
 */
final class StopSentinel extends AbstractActor {
  private final Runnable onStop;

  private StopSentinel(Runnable onStop) {
    this.onStop = onStop;
  }

  static Props props(Runnable onStop) {
    return Props.create(StopSentinel.class, () -> new StopSentinel(onStop))
        .withDispatcher(GearDispatchers.CONTROL);
  }

  @Override
  public Receive createReceive() {
    return emptyBehavior();
  }

  @Override
  public void postStop() {
    onStop.run();
  }
}
