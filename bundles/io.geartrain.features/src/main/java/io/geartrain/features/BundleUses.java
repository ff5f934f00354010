package io.geartrain.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The bundles that features brought, each with the features that name it. Owned by the installer,
 * which lets one thread in at a time.
 */
final class BundleUses {
  private final BundleContext context;
  private final Map<String, Bundle> bundles = new HashMap<>();
  private final Map<String, Set<String>> users = new HashMap<>();

  /**
   * @param context of the framework's system bundle
   */
  BundleUses(BundleContext context) {
    this.context = context;
  }

  /** Installs the bundles that are not there yet; takes them back if one is refused. */
  void install(FeatureDocument feature) throws FeatureException {
    List<Bundle> fresh = new ArrayList<>();
    for (FeatureDocument.Entry entry : feature.bundles()) {
      if (bundles.containsKey(entry.coordinates())) {
        continue;
      }
      try {
        Bundle bundle = context.installBundle("reference:" + entry.jar().toAbsolutePath().toUri());
        bundle.adapt(BundleStartLevel.class).setStartLevel(entry.startLevel());
        fresh.add(bundle);
        bundles.put(entry.coordinates(), bundle);
      } catch (BundleException e) {
        takeBack(fresh);
        throw new FeatureException(
            where(feature, entry) + " is refused by the framework: " + reason(e), e);
      }
    }
    for (FeatureDocument.Entry entry : feature.bundles()) {
      users.computeIfAbsent(entry.coordinates(), c -> new LinkedHashSet<>()).add(feature.id());
    }
  }

  /**
   * Starts the bundles of a feature; those of a higher start level than the framework's start when
   * it gets there.
   */
  void start(FeatureDocument feature) throws FeatureException {
    for (FeatureDocument.Entry entry : feature.bundles()) {
      Bundle bundle = bundles.get(entry.coordinates());
      if (isFragment(bundle)) {
        continue;
      }
      try {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      } catch (BundleException e) {
        uninstall(feature);
        throw new FeatureException(where(feature, entry) + " does not start: " + reason(e), e);
      }
    }
  }

  /** Removes the bundles that no other feature names, and rewires what used them. */
  void uninstall(FeatureDocument feature) throws FeatureException {
    List<Bundle> orphans = new ArrayList<>();
    for (FeatureDocument.Entry entry : feature.bundles()) {
      Set<String> left = users.get(entry.coordinates());
      if (left != null && left.remove(feature.id()) && left.isEmpty()) {
        users.remove(entry.coordinates());
        orphans.add(bundles.remove(entry.coordinates()));
      }
    }
    for (int i = orphans.size() - 1; i >= 0; i--) {
      try {
        orphans.get(i).uninstall();
      } catch (BundleException e) {
        throw new FeatureException(
            "feature "
                + feature.id()
                + ": bundle "
                + orphans.get(i)
                + " can't be removed: "
                + e.getMessage(),
            e);
      }
    }
    if (!orphans.isEmpty()) {
      context
          .getBundle(Constants.SYSTEM_BUNDLE_ID)
          .adapt(FrameworkWiring.class)
          .refreshBundles(orphans);
    }
  }

  private void takeBack(List<Bundle> fresh) {
    bundles.values().removeAll(fresh);
    for (Bundle bundle : fresh) {
      try {
        bundle.uninstall();
      } catch (BundleException e) {
        throw new IllegalStateException("bundle " + bundle + " can't be taken back", e);
      }
    }
  }

  private static boolean isFragment(Bundle bundle) {
    return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  /** The framework wraps what really went wrong. */
  private static String reason(BundleException e) {
    return e.getCause() == null ? e.getMessage() : e.getMessage() + " (" + e.getCause() + ")";
  }

  private static String where(FeatureDocument feature, FeatureDocument.Entry entry) {
    return feature.file() + ":" + entry.line() + ": bundle " + entry.coordinates();
  }
}
