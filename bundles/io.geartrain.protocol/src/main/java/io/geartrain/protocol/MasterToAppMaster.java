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

  /** Stop the application because somebody asked for it. */
  record StopApplication(String applicationId, String principal) implements MasterToAppMaster {}
}
