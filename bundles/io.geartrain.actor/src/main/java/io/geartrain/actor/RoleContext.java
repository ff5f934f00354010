package io.geartrain.actor;

import akka.actor.ActorRef;
import io.geartrain.protocol.ControlMessage;
import java.util.Objects;

/**
 * What a role is given when it starts.
 *
 * @param runtime the node's actor system
 * @param launch the message that asked for the role; null where the node starts it
 * @param launchedBy who starts it; {@code ActorRef.noSender()} where the node does
 */
public record RoleContext(ActorRuntime runtime, ControlMessage launch, ActorRef launchedBy) {
  /** Checks that there is a runtime. */
  public RoleContext {
    Objects.requireNonNull(runtime, "runtime");
  }

  /** Of a role that the node starts. */
  public static RoleContext ofNode(ActorRuntime runtime) {
    return new RoleContext(runtime, null, ActorRef.noSender());
  }
}
