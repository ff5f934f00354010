package io.geartrain.executor.internal;

import akka.actor.ActorSystem;
import akka.dispatch.DispatcherConfigurator;
import akka.dispatch.Dispatchers;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.geartrain.actor.GearDispatchers;
import java.util.BitSet;

/**
 * Gives each application a dispatcher of its own, all configured as {@link GearDispatchers#TASKS},
 * so that user code that blocks or never returns takes no thread from another application. The
 * threads of a dispatcher end soon after its last task. Thread-safe.
 */
final class TaskDispatchers {
  private final BitSet taken = new BitSet();

  /** A dispatcher that nobody else uses until {@link #release}. */
  synchronized Lease acquire(ActorSystem system) {
    int number = taken.nextClearBit(0);
    taken.set(number);
    String id = GearDispatchers.TASKS + "-" + number;
    Dispatchers dispatchers = system.dispatchers();
    Config all = system.settings().config();
    Config config =
        ConfigFactory.parseString("id = \"" + id + "\"")
            .withFallback(all.getConfig(GearDispatchers.TASKS))
            .withFallback(all.getConfig(Dispatchers.DefaultDispatcherId()));
    dispatchers.registerConfigurator(
        id, new DispatcherConfigurator(config, dispatchers.prerequisites()));
    return new Lease(id, number);
  }

  /** Gives a dispatcher back, once all of its tasks have ended. */
  synchronized void release(Lease lease) {
    taken.clear(lease.number());
  }

  /** A dispatcher in use. */
  record Lease(String id, int number) {}
}
