package io.geartrain.protocol;

import java.util.Map;

/** What a worker tells the leading master. */
public sealed interface WorkerToMaster extends ControlMessage {
  /** Here I am; sent at start and to each new leader. */
  record RegisterWorker(
      String workerId, String nodeId, String address, int slots, Map<String, String> labels)
      implements WorkerToMaster {}

  /** The app master runs. */
  record AppMasterLaunched(String workerId, String applicationId, long epoch, String address)
      implements WorkerToMaster {}

  /** The app master is gone, asked for or not. */
  record AppMasterTerminated(String workerId, String applicationId, long epoch, String reason)
      implements WorkerToMaster {}
}
