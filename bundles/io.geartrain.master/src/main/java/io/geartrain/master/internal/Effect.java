package io.geartrain.master.internal;

import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.MasterToAppMaster;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToWorker;
import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.ResourceRequest;
import java.util.List;
import java.util.Set;

/** What the master's state decides; its shell carries these out in order. */
public sealed interface Effect {
  /** Write the application down, under the master's epoch; nothing later may happen before. */
  record SaveApplication(ApplicationSpec spec, ApplicationStatus status) implements Effect {}

  /** Remove what is written of an application that ended long ago. */
  record ForgetApplication(String applicationId) implements Effect {}

  /** Write down which scheduler is the default. */
  record SaveScheduler(String name) implements Effect {}

  /** Remove what is written of a savepoint, then its files unless they are needed otherwise. */
  record RemoveSavepoint(String applicationId, long number) implements Effect {}

  /**
   * Remove what is written of the checkpoints of an application that has ended, then their files.
   * Its savepoints stay.
   *
   * @param needed names of those that stay because another application has begun with them
   */
  record RemoveCheckpoints(String applicationId, Set<String> needed) implements Effect {}

  /** Tell a worker. */
  record TellWorker(String address, MasterToWorker message) implements Effect {}

  /** Tell an app master. */
  record TellAppMaster(String address, MasterToAppMaster message) implements Effect {}

  /** Answer a client. */
  record Reply(long token, MasterToClient message) implements Effect {}

  /** Ask the schedulers; the answer comes back by {@link MasterState#onScheduled}. */
  record Schedule(
      String applicationId,
      long epoch,
      String scheduler,
      String defaultScheduler,
      ClusterSnapshot cluster,
      List<ResourceRequest> requests)
      implements Effect {}

  /** Tell people, in the log. */
  record Note(boolean warning, String text) implements Effect {}
}
