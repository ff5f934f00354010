package io.geartrain.appmaster.internal;

import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToMaster;
import io.geartrain.protocol.AppMasterToWorker;

/** What {@link AppMasterState} wants done; carried out in order by the shell. */
sealed interface AppMasterDecision {
  /** Tell the master that launched this app master. */
  record TellMaster(AppMasterToMaster message) implements AppMasterDecision {}

  /** Tell a worker. */
  record TellWorker(String address, AppMasterToWorker message) implements AppMasterDecision {}

  /** Tell an executor. */
  record TellExecutor(String address, AppMasterToExecutor message) implements AppMasterDecision {}

  /** The application has ended and everything is told: stop this app master. */
  record Terminate() implements AppMasterDecision {}
}
