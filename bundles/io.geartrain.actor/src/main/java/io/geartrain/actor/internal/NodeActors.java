package io.geartrain.actor.internal;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.actor.ExtendedActorSystem;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import io.geartrain.actor.ActorRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** The actor system of one node, and its guardian of roles. Immutable; any thread. */
final class NodeActors implements ActorRuntime {
  private static final String SYSTEM_NAME = "geartrain";
  private static final String SETTINGS = "geartrain.conf";

  private final ActorSystem system;
  private final String nodeId;
  private final SortedSet<String> roles;
  private final Address address;

  private NodeActors(ActorSystem system, String nodeId, SortedSet<String> roles) {
    this.system = system;
    this.nodeId = nodeId;
    this.roles = roles;
    this.address = ((ExtendedActorSystem) system).provider().getDefaultAddress();
  }

  /**
   * Starts an actor system that opens no port.
   *
   * @param nodeId unique in the cluster
   * @param roles which the node plays
   */
  static NodeActors start(String nodeId, Collection<String> roles) {
    Objects.requireNonNull(nodeId, "nodeId");
    ClassLoader akka = ActorSystem.class.getClassLoader();
    ClassLoader ours = NodeActors.class.getClassLoader();
    ClassLoader loader = akka == ours ? ours : new BridgeClassLoader(akka, ours);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      ActorSystem system = ActorSystem.create(SYSTEM_NAME, settings(akka), loader);
      return new NodeActors(
          system, nodeId, Collections.unmodifiableSortedSet(new TreeSet<>(roles)));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Config settings(ClassLoader akka) {
    try (InputStream in = NodeActors.class.getResourceAsStream(SETTINGS);
        Reader text = new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8)) {
      return ConfigFactory.parseReader(text, ConfigParseOptions.defaults())
          .withFallback(ConfigFactory.defaultReference(akka))
          .resolve(ConfigResolveOptions.noSystem());
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + SETTINGS, e);
    }
  }

  @Override
  public ActorSystem system() {
    return system;
  }

  @Override
  public String nodeId() {
    return nodeId;
  }

  @Override
  public SortedSet<String> roles() {
    return roles;
  }

  @Override
  public String address() {
    return address.toString();
  }

  @Override
  public String addressOf(ActorRef ref) {
    return ref.path().toSerializationFormatWithAddress(address);
  }

  @Override
  public ActorRef resolve(String actorAddress) {
    if (actorAddress == null || !actorAddress.startsWith("akka")) {
      throw new IllegalArgumentException("'" + actorAddress + "' is no address of an actor");
    }
    return ((ExtendedActorSystem) system).provider().resolveActorRef(actorAddress);
  }
}
