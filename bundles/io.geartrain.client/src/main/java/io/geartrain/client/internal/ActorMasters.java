package io.geartrain.client.internal;

import akka.actor.ActorRef;
import akka.pattern.Patterns;
import io.geartrain.actor.ActorRuntime;
import io.geartrain.client.ClusterException;
import io.geartrain.client.internal.MasterClient.Masters;
import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Leader;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.protocol.ClientToMaster;
import io.geartrain.protocol.MasterToClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the leader through the election and asks its actor. Thread-safe. */
final class ActorMasters implements Masters {
  private static final Logger LOG = LoggerFactory.getLogger(ActorMasters.class);

  private final ActorRuntime runtime;
  private final LeaderElection election;
  private final Duration limit;

  /**
   * Masters as seen from a node.
   *
   * @param limit how long one may take to answer
   */
  ActorMasters(ActorRuntime runtime, LeaderElection election, Duration limit) {
    this.runtime = runtime;
    this.election = election;
    this.limit = limit;
  }

  @Override
  public Optional<String> leader() {
    try {
      return election.leader().map(Leader::address).filter(address -> !address.isEmpty());
    } catch (CoordinationException.Unavailable e) {
      LOG.debug("Who leads is unknown", e);
      return Optional.empty();
    }
  }

  @Override
  public MasterToClient ask(String address, ClientToMaster question) {
    ActorRef master = runtime.resolve(address);
    try {
      return (MasterToClient) Patterns.ask(master, question, limit).toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw unavailable(
          "The leading master did not answer a %s within %d s."
              .formatted(question.getClass().getSimpleName(), limit.toSeconds()),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("Interrupted while the leading master was asked.", e);
    }
  }

  private static ClusterException unavailable(String message, Throwable cause) {
    ClusterException unavailable =
        new ClusterException(
            ClusterException.UNAVAILABLE,
            message,
            "Look what has become of the request, then try again.");
    unavailable.initCause(cause);
    return unavailable;
  }
}
