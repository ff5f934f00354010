package io.geartrain.protocol;

/** What an app master tells a worker. */
public sealed interface AppMasterToWorker extends ControlMessage {
  /** Start an executor for an application; it belongs to this app master. */
  record LaunchExecutor(
      String executorId, ApplicationSpec spec, long epoch, String appMasterAddress)
      implements AppMasterToWorker {}

  /** Stop an executor and all of its tasks. */
  record StopExecutor(String executorId) implements AppMasterToWorker {}
}
