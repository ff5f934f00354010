package io.geartrain.deploy.internal;

import org.osgi.framework.BundleContext;

/** Framework properties that the launcher sets. */
final class NodeProperties {
  private NodeProperties() {}

  static String get(BundleContext context, String name) {
    String value = context.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "framework property " + name + " is not set; start the node with its launcher");
    }
    return value;
  }
}
