package io.geartrain.console.rest.internal.wiring;

import io.geartrain.console.rest.internal.http.Gate;
import io.geartrain.console.rest.internal.http.GuardFilter;
import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.RequestGuard;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/** Puts the host and origin check before every servlet of the process. */
@Component(name = "io.geartrain.console.rest.guard", service = Preprocessor.class)
public final class GateComponent extends GuardFilter {
  /** Wires the check. */
  @Activate
  public GateComponent(
      @Reference RequestGuard guard,
      @Reference Authenticator authenticator,
      @Reference AuditLog audit) {
    super(new Gate(guard, authenticator, audit));
  }
}
