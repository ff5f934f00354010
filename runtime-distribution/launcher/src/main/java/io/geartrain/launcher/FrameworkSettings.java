package io.geartrain.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/** The properties that the OSGi framework and the bundles of the platform start with. */
final class FrameworkSettings {
  /** Packages of the launcher's class path that bundles may import, with their versions. */
  private static final String SHARED_PACKAGES =
      String.join(
          ",",
          slf4j("org.slf4j"),
          slf4j("org.slf4j.event"),
          slf4j("org.slf4j.helpers"),
          slf4j("org.slf4j.spi"),
          "org.osgi.service.cm;version=\"1.6.1\"",
          "io.geartrain.features;version=\"0.1.0\"");

  private FrameworkSettings() {}

  static Map<String, String> of(
      NodeSettings node, HttpAddress http, String nodeId, String version) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, node.data().resolve("felix-cache").toString());
    settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    settings.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "1");
    settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED_PACKAGES);

    // configuration files, read before the first component starts and never written back
    settings.put("felix.fileinstall.dir", node.conf() + "," + node.deploy());
    settings.put("felix.fileinstall.filter", ".*\\.cfg");
    settings.put("felix.fileinstall.tmpdir", node.data().resolve("felix-cache").toString());
    settings.put("felix.fileinstall.noInitialDelay", "true");
    settings.put("felix.fileinstall.poll", "1000");
    settings.put("felix.fileinstall.enableConfigSave", "false");
    settings.put("felix.fileinstall.log.level", "2");
    settings.put("felix.fileinstall.log.default", "osgi");

    settings.put(HttpAddress.HOST_KEY, http.host());
    settings.put(HttpAddress.PORT_KEY, Integer.toString(http.port()));
    // one start with the configuration, instead of one without it and one more
    settings.put("org.apache.felix.http.require.config", "true");
    // the console's own login, with its default password, stays off
    settings.put("felix.webconsole.security.providers", "geartrain");

    settings.putAll(node.properties());
    settings.put("gear.home", node.home().toString());
    settings.put("gear.data", node.data().toString());
    settings.put("gear.deploy", node.deploy().toString());
    settings.put("gear.conf", node.conf().toString());
    settings.put("gear.logs", node.logs().toString());
    settings.put("gear.version", version);
    settings.put(NodeSettings.NODE_ID, nodeId);
    settings.put(HttpAddress.HOST, http.host());
    settings.put(HttpAddress.PORT, Integer.toString(http.port()));
    return settings;
  }

  private static String slf4j(String name) {
    return name + ";version=\"2.0.17\"," + name + ";version=\"1.7.36\"";
  }
}
