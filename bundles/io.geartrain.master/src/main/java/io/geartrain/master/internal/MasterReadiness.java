package io.geartrain.master.internal;

import io.geartrain.actor.ActorRuntime;
import io.geartrain.spi.ReadinessCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Tells whether this node's master leads, or knows who does; there from the start, so that a node
 * is not taken for ready before its master has come. Thread-safe.
 */
@Component(
    name = "io.geartrain.master.readiness",
    service = {ReadinessCheck.class, MasterReadiness.class})
public final class MasterReadiness implements ReadinessCheck {
  private volatile Readiness readiness =
      new Readiness(false, "waits for the coordination and the actor system");
  private volatile ActorRuntime runtime;

  /** Not ready yet. */
  @Activate
  public MasterReadiness() {}

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setRuntime(ActorRuntime started) {
    runtime = started;
  }

  void unsetRuntime(ActorRuntime gone) {
    if (runtime == gone) {
      runtime = null;
    }
  }

  void ready(String detail) {
    readiness = new Readiness(true, detail);
  }

  void waiting(String detail) {
    readiness = new Readiness(false, detail);
  }

  @Override
  public String name() {
    return "master";
  }

  @Override
  public Readiness check() {
    ActorRuntime started = runtime;
    return started != null && !started.roles().contains("master")
        ? new Readiness(true, "this node plays no master")
        : readiness;
  }
}
