package io.geartrain.console.rest.internal.wiring;

import io.geartrain.console.rest.internal.http.Gate;
import io.geartrain.console.rest.internal.http.RootServlet;
import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.RequestGuard;
import jakarta.servlet.Servlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Registers what answers at all addresses that nobody else serves. */
@Component(name = "io.geartrain.console.rest.root", service = Servlet.class)
@HttpWhiteboardServletPattern("/")
public final class RootComponent extends RootServlet {
  private static final long serialVersionUID = 1;

  /** Wires the servlet. */
  @Activate
  public RootComponent(
      @Reference RequestGuard guard,
      @Reference Authenticator authenticator,
      @Reference AuditLog audit) {
    super(new Gate(guard, authenticator, audit));
  }
}
