package io.geartrain.protocol;

/** What an app master tells the leading master. */
public sealed interface AppMasterToMaster extends ControlMessage {
  /** Asks for slots, one for each slice from 0 to {@code slices - 1}. */
  record RequestSlots(String applicationId, long epoch, int slices) implements AppMasterToMaster {}

  /**
   * What has become of a checkpoint that somebody asked for.
   *
   * @param request as it was named
   * @param number of the checkpoint; 0 if there is none
   * @param code stable name of the reason why it failed, in kebab case; null if it did not
   * @param problem why it failed; null if it did not
   */
  record CheckpointAnswer(
      String applicationId,
      long epoch,
      String request,
      long number,
      Outcome outcome,
      String code,
      String problem)
      implements AppMasterToMaster {
    /** How far it has come. */
    public enum Outcome {
      /** It has begun, or will be next. */
      BEGUN,
      /** It stands. */
      STANDS,
      /** It is given up, or was never begun. */
      FAILED
    }
  }

  /**
   * How the application is: at each change of state, and each second while it runs. With a terminal
   * state it is the last word of the app master; its slots are free then.
   */
  record StatusReport(ApplicationStatus status) implements AppMasterToMaster {}
}
