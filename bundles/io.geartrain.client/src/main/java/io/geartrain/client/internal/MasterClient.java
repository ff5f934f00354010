package io.geartrain.client.internal;

import io.geartrain.client.ClusterClient;
import io.geartrain.client.ClusterException;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ClientToMaster;
import io.geartrain.protocol.ClientToMaster.CancelApplication;
import io.geartrain.protocol.ClientToMaster.DeleteSavepoint;
import io.geartrain.protocol.ClientToMaster.DeployBundle;
import io.geartrain.protocol.ClientToMaster.GetApplication;
import io.geartrain.protocol.ClientToMaster.GetCluster;
import io.geartrain.protocol.ClientToMaster.ListApplications;
import io.geartrain.protocol.ClientToMaster.ListBundles;
import io.geartrain.protocol.ClientToMaster.ListCheckpoints;
import io.geartrain.protocol.ClientToMaster.ListNodes;
import io.geartrain.protocol.ClientToMaster.ListSavepoints;
import io.geartrain.protocol.ClientToMaster.ListSchedulers;
import io.geartrain.protocol.ClientToMaster.SetScheduler;
import io.geartrain.protocol.ClientToMaster.StopNode;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.ClientToMaster.TakeCheckpoint;
import io.geartrain.protocol.ClientToMaster.UndeployBundle;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.ApplicationReply;
import io.geartrain.protocol.MasterToClient.ApplicationsReply;
import io.geartrain.protocol.MasterToClient.BundleReply;
import io.geartrain.protocol.MasterToClient.BundlesReply;
import io.geartrain.protocol.MasterToClient.CheckpointReply;
import io.geartrain.protocol.MasterToClient.CheckpointsReply;
import io.geartrain.protocol.MasterToClient.ClusterReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.NodesReply;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.NodeView;
import io.geartrain.protocol.StartWish;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks whoever leads, and for some seconds looks again where nobody does. Only what was not done is
 * asked twice: a question without an answer may have been carried out. Thread-safe.
 */
final class MasterClient implements ClusterClient {
  /** Code of an answer of a master that does not lead: nothing was done. */
  static final String NOT_LEADER = "not-leader";

  private final Masters masters;
  private final Waiting waiting;
  private final Duration patience;
  private final Duration pause;

  /**
   * A client.
   *
   * @param patience how long it looks for a leader
   * @param pause between two looks
   */
  MasterClient(Masters masters, Waiting waiting, Duration patience, Duration pause) {
    this.masters = masters;
    this.waiting = waiting;
    this.patience = patience;
    this.pause = pause;
  }

  @Override
  public ApplicationView submit(
      String bundle,
      String name,
      Map<String, String> settings,
      String scheduler,
      StartWish from,
      String principal) {
    Map<String, String> given = settings == null ? Map.of() : settings;
    SubmitApplication message =
        new SubmitApplication(bundle, name, given, scheduler, principal, from);
    return ask(message, ApplicationReply.class).application();
  }

  @Override
  public ApplicationView cancel(String applicationId, String principal) {
    CancelApplication message = new CancelApplication(applicationId, principal);
    return ask(message, ApplicationReply.class).application();
  }

  @Override
  public CheckpointView checkpoint(String applicationId, CheckpointWish wish) {
    return ask(new TakeCheckpoint(applicationId, wish), CheckpointReply.class).checkpoint();
  }

  @Override
  public List<CheckpointView> checkpoints(String applicationId) {
    return ask(new ListCheckpoints(applicationId), CheckpointsReply.class).checkpoints();
  }

  @Override
  public List<CheckpointView> savepoints(String applicationId) {
    return ask(new ListSavepoints(applicationId), CheckpointsReply.class).checkpoints();
  }

  @Override
  public void deleteSavepoint(String applicationId, long number, String principal) {
    ask(new DeleteSavepoint(applicationId, number, principal), Done.class);
  }

  @Override
  public ApplicationView application(String applicationId) {
    return ask(new GetApplication(applicationId), ApplicationReply.class).application();
  }

  @Override
  public List<ApplicationView> applications() {
    return ask(new ListApplications(), ApplicationsReply.class).applications();
  }

  @Override
  public BundleReply deploy(String digest, String fileName, String principal) {
    return ask(new DeployBundle(digest, fileName, principal), BundleReply.class);
  }

  @Override
  public void undeploy(String name, String principal) {
    ask(new UndeployBundle(name, principal), Done.class);
  }

  @Override
  public List<BundleView> bundles() {
    return ask(new ListBundles(), BundlesReply.class).bundles();
  }

  @Override
  public SchedulersReply schedulers() {
    return ask(new ListSchedulers(), SchedulersReply.class);
  }

  @Override
  public void setScheduler(String name, String principal) {
    ask(new SetScheduler(name, principal), Done.class);
  }

  @Override
  public ClusterView cluster() {
    return ask(new GetCluster(), ClusterReply.class).cluster();
  }

  @Override
  public List<NodeView> nodes() {
    return ask(new ListNodes(), NodesReply.class).nodes();
  }

  @Override
  public void stopNode(String nodeId, String principal) {
    ask(new StopNode(nodeId, principal), Done.class);
  }

  private <T extends MasterToClient> T ask(ClientToMaster question, Class<T> answerType) {
    Duration waited = Duration.ZERO;
    while (true) {
      Optional<String> leader = masters.leader();
      if (leader.isPresent()) {
        MasterToClient answer = masters.ask(leader.get(), question);
        if (answerType.isInstance(answer)) {
          return answerType.cast(answer);
        }
        if (!(answer instanceof Refused refused)) {
          throw new IllegalStateException("asked " + question + ", the master answered " + answer);
        }
        if (!refused.code().equals(NOT_LEADER)) {
          throw new ClusterException(refused.code(), refused.message(), refused.hint());
        }
      }
      if (waited.compareTo(patience) >= 0) {
        throw new ClusterException(
            ClusterException.UNAVAILABLE,
            "No master leads, looked for %d s.".formatted(patience.toSeconds()),
            "Is a node with the role master up, and does it reach the coordination store? See"
                + " logs/.");
      }
      waiting.pause(pause);
      waited = waited.plus(pause);
    }
  }

  /** How masters are found and asked. */
  interface Masters {
    /** Where the leading master is reached; empty while nobody leads. */
    Optional<String> leader();

    /**
     * Asks a master.
     *
     * @throws ClusterException {@code unavailable} if it does not answer in time
     */
    MasterToClient ask(String address, ClientToMaster question);
  }

  /** How time passes between two looks. */
  interface Waiting {
    /** Returns after that long. */
    void pause(Duration duration);
  }
}
