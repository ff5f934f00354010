package io.geartrain.protocol;

/** What an app master tells the leading master. */
public sealed interface AppMasterToMaster extends ControlMessage {
  /** Asks for slots, one for each slice from 0 to {@code slices - 1}. */
  record RequestSlots(String applicationId, long epoch, int slices) implements AppMasterToMaster {}

  /**
   * How the application is: at each change of state, and each second while it runs. With a terminal
   * state it is the last word of the app master; its slots are free then.
   */
  record StatusReport(ApplicationStatus status) implements AppMasterToMaster {}
}
