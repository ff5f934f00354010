package io.geartrain.console.web.internal;

import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.RequestGuard;
import jakarta.servlet.Servlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Registers the page. */
@Component(name = "io.geartrain.console.web", service = Servlet.class)
@HttpWhiteboardServletPattern({"/ui", "/ui/*"})
public final class PageComponent extends PageServlet {
  private static final long serialVersionUID = 1;

  /** Wires the page. */
  @Activate
  public PageComponent(
      @Reference RequestGuard guard,
      @Reference Authenticator authenticator,
      @Reference AuditLog audit) {
    super(guard, authenticator, audit, new Pages());
  }
}
