package io.geartrain.client;

import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.MasterToClient.BundleReply;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.NodeView;
import io.geartrain.protocol.StartWish;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Asks the leading master; registered as a service once the node's actors run. Each method blocks
 * until the answer is there, thirty seconds at most, and may be called by any thread.
 *
 * <p>Each method throws {@link ClusterException}: refused by the master, or no master to be found.
 */
@ProviderType
public interface ClusterClient {
  /**
   * Runs an application; returns once its definition was accepted.
   *
   * @param bundle symbolic name of a deployed bundle, or digest
   * @param name of the application; null = as its bundle says
   * @param scheduler name of a scheduler; null = the cluster's default
   * @param from what it is started from; null = it begins anew
   */
  ApplicationView submit(
      String bundle,
      String name,
      Map<String, String> settings,
      String scheduler,
      StartWish from,
      String principal);

  /** Stops an application; returns at once. */
  ApplicationView cancel(String applicationId, String principal);

  /** Takes a checkpoint of an application; returns once it has begun, or will be next. */
  CheckpointView checkpoint(String applicationId, CheckpointWish wish);

  /**
   * The checkpoints of an application, newest first: those that stand, and those that were asked
   * for and are under way or failed.
   */
  List<CheckpointView> checkpoints(String applicationId);

  /**
   * Savepoints that stand, and those that are under way or failed.
   *
   * @param applicationId of which application, be it forgotten; null = of all
   */
  List<CheckpointView> savepoints(String applicationId);

  /** Deletes a savepoint. */
  void deleteSavepoint(String applicationId, long number, String principal);

  /** One application. */
  ApplicationView application(String applicationId);

  /** All applications, newest first. */
  List<ApplicationView> applications();

  /** Wants a bundle, whose bytes are in the bundle store, on all nodes. */
  BundleReply deploy(String digest, String fileName, String principal);

  /** Wants a bundle gone. */
  void undeploy(String name, String principal);

  /** The deployed bundles. */
  List<BundleView> bundles();

  /** The schedulers. */
  SchedulersReply schedulers();

  /** Makes a scheduler the cluster's default. */
  void setScheduler(String name, String principal);

  /** The cluster. */
  ClusterView cluster();

  /** The nodes. */
  List<NodeView> nodes();

  /** Wants a node to stop; returns at once. */
  void stopNode(String nodeId, String principal);
}
