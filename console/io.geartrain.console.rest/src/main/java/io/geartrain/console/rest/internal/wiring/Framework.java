package io.geartrain.console.rest.internal.wiring;

import io.geartrain.console.rest.internal.routes.NodeInfo;
import java.nio.file.Path;
import java.time.Instant;
import org.osgi.framework.BundleContext;

/** What the framework's properties say about this node. Stateless. */
final class Framework {
  private Framework() {}

  static Path dataFolder(BundleContext context) {
    String data = context.getProperty("gear.data");
    if (data != null) {
      return Path.of(data);
    }
    String home = context.getProperty("gear.home");
    if (home == null) {
      throw new IllegalStateException(
          "Neither gear.data nor gear.home is set; start the node by bin/gear.");
    }
    return Path.of(home, "data");
  }

  static NodeInfo info(BundleContext context) {
    String version = context.getProperty("gear.version");
    return new NodeInfo(
        version == null ? context.getBundle().getVersion().toString() : version,
        Runtime.version().toString(),
        startedAt());
  }

  static String startedAt() {
    return ProcessHandle.current().info().startInstant().orElseGet(Instant::now).toString();
  }
}
