package io.geartrain.protocol;

/** What the master tells a worker. */
public sealed interface MasterToWorker extends ControlMessage {
  /** The worker is known under this leadership. */
  record WorkerRegistered(long masterEpoch) implements MasterToWorker {}

  /**
   * Start the app master of an application.
   *
   * @param epoch of the application; each new app master has a higher one
   * @param masterAddress where it reports to
   */
  record LaunchAppMaster(ApplicationSpec spec, long epoch, String masterAddress)
      implements MasterToWorker {}

  /** Stop this app master and all of its executors; it was superseded or its application ended. */
  record StopAppMaster(String applicationId, long epoch) implements MasterToWorker {}

  /** Stop the whole node. */
  record ShutDownNode(String reason) implements MasterToWorker {}
}
