package io.geartrain.worker.internal;

import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.WorkerToAppMaster;
import io.geartrain.protocol.WorkerToMaster;

/** What {@link WorkerState} wants done; carried out in order by the shell. */
public sealed interface WorkerDecision {
  /** Tell a master. */
  record TellMaster(String address, WorkerToMaster message) implements WorkerDecision {}

  /** Tell an app master. */
  record TellAppMaster(String address, WorkerToAppMaster message) implements WorkerDecision {}

  /** Start an app master as a child of this name and answer with {@code onStarted} or not. */
  record StartAppMaster(String child, LaunchAppMaster launch) implements WorkerDecision {}

  /** Start an executor as a child of this name. */
  record StartExecutor(String child, LaunchExecutor launch) implements WorkerDecision {}

  /** Stop the child of this name. */
  record StopChild(String child) implements WorkerDecision {}

  /** Stop the whole node. */
  record StopNode(String reason) implements WorkerDecision {}
}
