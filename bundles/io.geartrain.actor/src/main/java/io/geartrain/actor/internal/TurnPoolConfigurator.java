package io.geartrain.actor.internal;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;

/** Gives a dispatcher a {@link TurnPool} with a thread for each core; Akka makes it by its name. */
public final class TurnPoolConfigurator extends ExecutorServiceConfigurator {
  /** Called by Akka. */
  public TurnPoolConfigurator(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(
      String dispatcher, ThreadFactory threads) {
    return () -> new TurnPool(Runtime.getRuntime().availableProcessors(), threads);
  }
}
