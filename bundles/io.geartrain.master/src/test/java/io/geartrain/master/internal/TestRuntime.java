package io.geartrain.master.internal;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import com.typesafe.config.ConfigFactory;
import io.geartrain.actor.ActorRuntime;
import java.util.SortedSet;
import java.util.TreeSet;

/** Nodes that share one actor system, configured as that of a real one. */
record TestRuntime(ActorSystem system, String nodeId) implements ActorRuntime {
  static ActorSystem newSystem() {
    return ActorSystem.create(
        "geartrain",
        ConfigFactory.parseResources("io/geartrain/actor/internal/geartrain.conf")
            .withFallback(ConfigFactory.defaultReference())
            .resolve());
  }

  @Override
  public SortedSet<String> roles() {
    return new TreeSet<>();
  }

  @Override
  public String address() {
    return "akka://geartrain";
  }

  @Override
  public String addressOf(ActorRef ref) {
    return ref.path()
        .toSerializationFormatWithAddress(
            ((ExtendedActorSystem) system).provider().getDefaultAddress());
  }

  @Override
  public ActorRef resolve(String address) {
    return ((ExtendedActorSystem) system).provider().resolveActorRef(address);
  }
}
