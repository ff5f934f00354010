package io.geartrain.features;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Queue;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The configurations that features bring; they wait until ConfigurationAdmin runs. Owned by the
 * installer, which lets one thread in at a time.
 */
final class Configurations {
  private static final char FACTORY_NAME = '~';

  private final BundleContext context;
  private final Queue<FeatureDocument> waiting = new ArrayDeque<>();

  /**
   * @param context where ConfigurationAdmin is found
   */
  Configurations(BundleContext context) {
    this.context = context;
  }

  /** Puts the configurations of a feature in the queue. */
  void add(FeatureDocument feature) {
    if (!feature.configurations().isEmpty()) {
      waiting.add(feature);
    }
  }

  /** Writes what waits, if ConfigurationAdmin is there. */
  void apply() throws FeatureException {
    ServiceReference<ConfigurationAdmin> reference =
        waiting.isEmpty() ? null : context.getServiceReference(ConfigurationAdmin.class);
    if (reference == null) {
      return;
    }
    ConfigurationAdmin admin = context.getService(reference);
    try {
      while (!waiting.isEmpty()) {
        write(admin, waiting.peek());
        waiting.remove();
      }
    } finally {
      context.ungetService(reference);
    }
  }

  /** Fails if a feature still waits. */
  void requireApplied() throws FeatureException {
    if (!waiting.isEmpty()) {
      throw new FeatureException(
          waiting.peek().file()
              + ": has configurations, but no ConfigurationAdmin runs; add the bundle"
              + " org.apache.felix.configadmin with bundleStartLevel 1 to a feature");
    }
  }

  /** Takes the configurations of a feature away. */
  void remove(FeatureDocument feature) throws FeatureException {
    waiting.remove(feature);
    ServiceReference<ConfigurationAdmin> reference =
        context.getServiceReference(ConfigurationAdmin.class);
    if (reference == null) {
      return;
    }
    ConfigurationAdmin admin = context.getService(reference);
    try {
      for (String pid : feature.configurations().keySet()) {
        configuration(admin, pid).delete();
      }
    } catch (IOException e) {
      throw new FeatureException(
          "feature " + feature.id() + ": its configurations can't be removed: " + e.getMessage(),
          e);
    } finally {
      context.ungetService(reference);
    }
  }

  private static void write(ConfigurationAdmin admin, FeatureDocument feature)
      throws FeatureException {
    for (Map.Entry<String, Map<String, Object>> entry : feature.configurations().entrySet()) {
      Dictionary<String, Object> values = new Hashtable<>(entry.getValue());
      try {
        configuration(admin, entry.getKey()).updateIfDifferent(values);
      } catch (IOException e) {
        throw new FeatureException(
            feature.file()
                + ": configuration "
                + entry.getKey()
                + " can't be stored: "
                + e.getMessage(),
            e);
      }
    }
  }

  private static Configuration configuration(ConfigurationAdmin admin, String pid)
      throws IOException {
    int at = pid.indexOf(FACTORY_NAME);
    return at < 0
        ? admin.getConfiguration(pid, "?")
        : admin.getFactoryConfiguration(pid.substring(0, at), pid.substring(at + 1), "?");
  }
}
