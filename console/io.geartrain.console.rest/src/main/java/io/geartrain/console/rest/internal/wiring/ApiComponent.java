package io.geartrain.console.rest.internal.wiring;

import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.http.ApiServlet;
import io.geartrain.console.rest.internal.http.Gate;
import io.geartrain.console.rest.internal.routes.Routes;
import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.RequestGuard;
import jakarta.servlet.Servlet;
import java.util.UUID;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Registers the API. */
@Component(name = "io.geartrain.console.rest", service = Servlet.class)
@Designate(ocd = ApiComponent.Config.class)
@HttpWhiteboardServletName(ApiComponent.NAME)
@HttpWhiteboardServletPattern(ApiServlet.ROOT + "/*")
public final class ApiComponent extends ApiServlet {
  static final String NAME = "io.geartrain.console.rest";
  private static final long serialVersionUID = 1;

  /** Limits of the API. */
  @ObjectClassDefinition(name = "Geartrain REST")
  public @interface Config {
    /** Bytes. */
    @AttributeDefinition(description = "Largest bundle that may be uploaded, in bytes")
    long maxUploadBytes() default 1L << 30;
  }

  /** Wires the API. */
  @Activate
  public ApiComponent(
      BundleContext context,
      Config config,
      @Reference Node node,
      @Reference RequestGuard guard,
      @Reference Authenticator authenticator,
      @Reference AuditLog audit) {
    super(
        Routes.table(node, authenticator, Framework.info(context)),
        new Gate(guard, authenticator, audit),
        new Json(),
        config.maxUploadBytes(),
        () -> UUID.randomUUID().toString());
  }
}
