package io.geartrain.executor.internal;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import com.typesafe.config.ConfigFactory;
import io.geartrain.actor.ActorRuntime;
import java.util.SortedSet;
import java.util.TreeSet;

/** An actor system configured as that of a node, for tests. */
record TestRuntime(ActorSystem system) implements ActorRuntime {
  static TestRuntime start() {
    return new TestRuntime(
        ActorSystem.create(
            "geartrain",
            ConfigFactory.parseString("akka.test.single-expect-default = 20s")
                .withFallback(
                    ConfigFactory.parseResources("io/geartrain/actor/internal/geartrain.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve()));
  }

  @Override
  public String nodeId() {
    return "node-1a2b";
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
