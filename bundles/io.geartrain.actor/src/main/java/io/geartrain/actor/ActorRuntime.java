package io.geartrain.actor;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import java.util.SortedSet;
import org.osgi.annotation.versioning.ProviderType;

/** The actor system of this node; registered as a service while it runs. Thread-safe. */
@ProviderType
public interface ActorRuntime {
  /** The system. Who uses it neither configures nor terminates it. */
  ActorSystem system();

  /** Id of this node, unique in the cluster. */
  String nodeId();

  /** The roles that this node plays: {@code master}, {@code worker}. */
  SortedSet<String> roles();

  /** Where the roles of this node are reached, as text for people: {@code akka://geartrain}. */
  String address();

  /** The actor as text that may travel in a message, and names this incarnation of it alone. */
  String addressOf(ActorRef ref);

  /**
   * The actor that {@link #addressOf} named; if it is gone, what is sent to it is lost, and
   * watching it tells so.
   *
   * @throws IllegalArgumentException if the text is no address
   */
  ActorRef resolve(String address);
}
