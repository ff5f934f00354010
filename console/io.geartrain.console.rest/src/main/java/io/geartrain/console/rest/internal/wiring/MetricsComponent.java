package io.geartrain.console.rest.internal.wiring;

import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.http.Gate;
import io.geartrain.console.rest.internal.http.MetricsServlet;
import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.RequestGuard;
import jakarta.servlet.Servlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Registers the metrics. */
@Component(name = "io.geartrain.console.rest.metrics", service = Servlet.class)
@HttpWhiteboardServletPattern(MetricsServlet.PATH)
public final class MetricsComponent extends MetricsServlet {
  private static final long serialVersionUID = 1;

  /** Wires the servlet. */
  @Activate
  public MetricsComponent(
      @Reference Node node,
      @Reference RequestGuard guard,
      @Reference Authenticator authenticator,
      @Reference AuditLog audit) {
    super(node, new Gate(guard, authenticator, audit));
  }
}
