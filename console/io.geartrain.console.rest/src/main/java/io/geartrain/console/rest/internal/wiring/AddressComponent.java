package io.geartrain.console.rest.internal.wiring;

import io.geartrain.security.Authenticator;
import io.geartrain.security.Principal;
import io.geartrain.security.Role;
import io.geartrain.spi.ReadinessCheck;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows where HTTP listens: writes {@code node.json} while it does, and tells the launcher, as
 * detail of its readiness, the address of the page with one login code. Whoever shows the detail to
 * others must cut its query off. Guarded by itself.
 */
@Component(
    name = "io.geartrain.console.rest.address",
    service = ReadinessCheck.class,
    immediate = true)
public final class AddressComponent implements ReadinessCheck {
  private static final Logger LOG = LoggerFactory.getLogger(AddressComponent.class);

  private final NodeFile file;
  private final Authenticator authenticator;
  private String url;
  private String code;

  /** Waits for the API to be registered. */
  @Activate
  public AddressComponent(
      BundleContext context,
      @Reference Authenticator authenticator,
      @Reference(target = "(osgi.http.whiteboard.servlet.name=" + ApiComponent.NAME + ")")
          Servlet api) {
    this.file = new NodeFile(Framework.dataFolder(context).resolve("node.json"));
    this.authenticator = authenticator;
  }

  /** HTTP is there. */
  @Reference(updated = "updatedRuntime", unbind = "unbindRuntime")
  synchronized void bindRuntime(HttpServiceRuntime runtime, Map<String, Object> properties) {
    updatedRuntime(properties);
  }

  /** HTTP listens, or listens elsewhere. */
  synchronized void updatedRuntime(Map<String, Object> properties) {
    Optional<String> found =
        Endpoints.choose(properties.get(HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT));
    if (found.isEmpty() || found.get().equals(url)) {
      return;
    }
    url = found.get();
    try {
      file.write(ProcessHandle.current().pid(), url, Framework.startedAt());
    } catch (IOException e) {
      LOG.error("The command line can't find this node: node.json was not written", e);
    }
  }

  /** HTTP is gone. */
  void unbindRuntime(HttpServiceRuntime runtime) {
    stop();
  }

  /** Tells nobody any more. */
  @Deactivate
  public synchronized void stop() {
    if (url != null) {
      url = null;
      try {
        file.delete();
      } catch (IOException e) {
        LOG.warn("node.json was not deleted", e);
      }
    }
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public synchronized Readiness check() {
    if (url == null) {
      return new Readiness(false, "waits for the HTTP server");
    }
    if (code == null) {
      code = authenticator.issueCode(new Principal("admin", Role.ADMIN));
    }
    return new Readiness(true, url + "/ui?code=" + code);
  }
}
