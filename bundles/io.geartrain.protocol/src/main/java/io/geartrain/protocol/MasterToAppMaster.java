package io.geartrain.protocol;

import java.util.List;

/** What the master tells an app master. */
public sealed interface MasterToAppMaster extends ControlMessage {
  /**
   * The decisions on the slots that were asked for; comes again when a waiting slice gets its slot.
   * All slices assigned: deploy. Any rejected: the application fails.
   */
  record SlotsDecided(String applicationId, List<Placement> placement)
      implements MasterToAppMaster {}

  /**
   * Take a checkpoint as soon as no other is under way; each step is answered by {@link
   * AppMasterToMaster.CheckpointAnswer}.
   *
   * @param request names the request in the answers
   */
  record MakeCheckpoint(String applicationId, String request, CheckpointWish wish)
      implements MasterToAppMaster {}

  /** Stop the application because somebody asked for it. */
  record StopApplication(String applicationId, String principal) implements MasterToAppMaster {}
}
