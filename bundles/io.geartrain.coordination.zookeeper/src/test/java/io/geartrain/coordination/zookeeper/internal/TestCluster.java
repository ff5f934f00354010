package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;

/** A store that several processes share, each with a session that can be cut off and expired. */
interface TestCluster extends AutoCloseable {

  Process newProcess() throws Exception;

  @Override
  void close() throws Exception;

  interface Process {
    MetadataStore store();

    LeaderElection election();

    Membership membership();

    /** Lets the server end the session, and the process connect again at once. */
    void expire() throws Exception;

    /** Cuts the connection. */
    void cut() throws Exception;

    /** Waits until the server has ended the session of this process, which is cut off. */
    void awaitExpiryOnServer() throws Exception;

    /** Lets it connect again. */
    void heal() throws Exception;

    /** Ends the process in good order. */
    void close() throws Exception;
  }
}
