package io.geartrain.protocol;

import java.util.List;

/** The leading master's answers. */
public sealed interface MasterToClient extends ControlMessage {
  /** One application. */
  record ApplicationReply(ApplicationView application) implements MasterToClient {}

  /** All applications, newest first. */
  record ApplicationsReply(List<ApplicationView> applications) implements MasterToClient {}

  /** A checkpoint. */
  record CheckpointReply(CheckpointView checkpoint) implements MasterToClient {}

  /** Checkpoints, newest first. */
  record CheckpointsReply(List<CheckpointView> checkpoints) implements MasterToClient {}

  /**
   * A bundle was taken.
   *
   * @param created false if the very same bytes were deployed already
   */
  record BundleReply(BundleView bundle, boolean created) implements MasterToClient {}

  /** The deployed bundles, by name. */
  record BundlesReply(List<BundleView> bundles) implements MasterToClient {}

  /** The schedulers, by name. */
  record SchedulersReply(String defaultScheduler, List<SchedulerView> schedulers)
      implements MasterToClient {}

  /** The cluster. */
  record ClusterReply(ClusterView cluster) implements MasterToClient {}

  /** The nodes, by id. */
  record NodesReply(List<NodeView> nodes) implements MasterToClient {}

  /** Done, nothing to tell. */
  record Done() implements MasterToClient {}

  /**
   * Refused.
   *
   * @param code stable name of the reason, in kebab case, as the REST problem codes
   * @param message what is wrong, and where
   * @param hint what to do; may be null
   */
  record Refused(String code, String message, String hint) implements MasterToClient {}
}
