package io.geartrain.master.internal;

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
import io.geartrain.protocol.StandingCheckpoint;
import java.time.Instant;
import java.util.List;

/**
 * Turns the requests of clients into events of the {@link MasterState} of one reign, and reads what
 * these need and the state does not hold. On the thread of the master's actor; calls block as disk
 * and store do.
 */
final class ClientRequests {
  private final MasterState state;
  private final CheckpointRegistry written;
  private final Bundles bundles;
  private final BundleDesk desk;

  ClientRequests(Reign reign, Bundles bundles, BundleDesk desk) {
    this.state = reign.state();
    this.written = reign.checkpoints();
    this.bundles = bundles;
    this.desk = desk;
  }

  /**
   * A client asks.
   *
   * @param token names the client
   * @return what is to be carried out, not always with the answer
   * @throws io.geartrain.spi.BundleProblem if it names a bundle that is not usable
   * @throws io.geartrain.coordination.CoordinationException if the store does not answer
   */
  List<Effect> answer(long token, ClientToMaster message, Instant now) {
    if (message instanceof SubmitApplication m) {
      return submit(token, m, now);
    } else if (message instanceof CancelApplication m) {
      return state.onCancel(token, m, now);
    } else if (message instanceof GetApplication m) {
      return state.onGet(token, m);
    } else if (message instanceof ListApplications) {
      return state.onList(token);
    } else if (message instanceof TakeCheckpoint m) {
      return state.onTakeCheckpoint(token, m, now);
    } else if (message instanceof ListCheckpoints m) {
      return state.onListCheckpoints(
          token, m, written.checkpoints(m.applicationId()), written.savepoints(m.applicationId()));
    } else if (message instanceof ListSavepoints m) {
      return state.onListSavepoints(token, m, savepoints(m.applicationId()));
    } else if (message instanceof DeleteSavepoint m) {
      return state.onDeleteSavepoint(token, m, written.savepoints(m.applicationId()));
    } else if (message instanceof DeployBundle m) {
      return desk.deploy(token, m, now);
    } else if (message instanceof UndeployBundle m) {
      return desk.undeploy(token, m);
    } else if (message instanceof ListBundles) {
      return desk.list(token);
    } else if (message instanceof ListSchedulers) {
      return state.onListSchedulers(token);
    } else if (message instanceof SetScheduler m) {
      return state.onSetScheduler(token, m);
    } else if (message instanceof GetCluster) {
      return state.onGetCluster(token);
    } else if (message instanceof ListNodes) {
      return state.onListNodes(token);
    } else if (message instanceof StopNode m) {
      return state.onStopNode(token, m);
    }
    throw new IllegalArgumentException("unknown message " + message);
  }

  private List<Effect> submit(long token, SubmitApplication message, Instant now) {
    StartingPoints.Written source =
        message.from() == null
            ? StartingPoints.Written.NONE
            : written.written(message.from().application());
    return state.onSubmit(token, message, bundles.find(message.bundle()), source, now);
  }

  private List<StandingCheckpoint> savepoints(String application) {
    return application == null ? written.savepoints() : written.savepoints(application);
  }
}
