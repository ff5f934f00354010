package io.geartrain.protocol;

/** What a worker tells an app master. */
public sealed interface WorkerToAppMaster extends ControlMessage {
  /** The executor runs and is reached at this address. */
  record ExecutorLaunched(String executorId, String workerId, String address)
      implements WorkerToAppMaster {}

  /** The executor could not be started. */
  record ExecutorRefused(String executorId, String workerId, Failure failure)
      implements WorkerToAppMaster {}

  /** The executor is gone, asked for or not. */
  record ExecutorTerminated(String executorId, String workerId, String reason)
      implements WorkerToAppMaster {}
}
