package io.geartrain.protocol;

import java.util.Map;

/** What a client asks of the leading master; each is answered by a {@link MasterToClient}. */
public sealed interface ClientToMaster extends ControlMessage {
  /**
   * Runs an application; answered by {@link MasterToClient.ApplicationReply} once its definition
   * was accepted, or by {@link MasterToClient.Refused}.
   *
   * @param bundle symbolic name of a deployed bundle, or digest
   * @param name of the application; null = as its bundle says
   * @param scheduler name of a scheduler; null = the cluster's default
   * @param from what it is started from; null = it begins anew
   */
  record SubmitApplication(
      String bundle,
      String name,
      Map<String, String> settings,
      String scheduler,
      String principal,
      StartWish from)
      implements ClientToMaster {
    /** One that begins anew. */
    public SubmitApplication(
        String bundle,
        String name,
        Map<String, String> settings,
        String scheduler,
        String principal) {
      this(bundle, name, settings, scheduler, principal, null);
    }
  }

  /** Stops an application. */
  record CancelApplication(String applicationId, String principal) implements ClientToMaster {}

  /**
   * Takes a checkpoint now; answered by {@link MasterToClient.CheckpointReply} once it has begun or
   * will be next.
   */
  record TakeCheckpoint(String applicationId, CheckpointWish wish) implements ClientToMaster {}

  /** Asks for the checkpoints of an application that stand. */
  record ListCheckpoints(String applicationId) implements ClientToMaster {}

  /**
   * Asks for savepoints, of applications that were forgotten too.
   *
   * @param applicationId of which application; null = of all
   */
  record ListSavepoints(String applicationId) implements ClientToMaster {}

  /** Wants a savepoint gone. */
  record DeleteSavepoint(String applicationId, long number, String principal)
      implements ClientToMaster {}

  /** Asks for one application. */
  record GetApplication(String applicationId) implements ClientToMaster {}

  /** Asks for all applications. */
  record ListApplications() implements ClientToMaster {}

  /**
   * Wants a bundle, whose bytes are in the bundle store, on all nodes.
   *
   * @param fileName as the client names it, for messages
   */
  record DeployBundle(String digest, String fileName, String principal) implements ClientToMaster {}

  /** Wants a bundle gone. */
  record UndeployBundle(String name, String principal) implements ClientToMaster {}

  /** Asks for the deployed bundles. */
  record ListBundles() implements ClientToMaster {}

  /** Asks for the schedulers. */
  record ListSchedulers() implements ClientToMaster {}

  /** Makes a scheduler the cluster's default. */
  record SetScheduler(String name, String principal) implements ClientToMaster {}

  /** Asks for the cluster as a whole. */
  record GetCluster() implements ClientToMaster {}

  /** Asks for the nodes. */
  record ListNodes() implements ClientToMaster {}

  /** Wants a node to stop. */
  record StopNode(String nodeId, String principal) implements ClientToMaster {}
}
