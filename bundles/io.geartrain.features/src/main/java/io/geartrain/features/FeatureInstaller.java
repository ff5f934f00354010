package io.geartrain.features;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;

/**
 * Installs features into a framework, before it starts and while it runs. A bundle that several
 * features name is installed once and goes with the last of them. Thread-safe: one call at a time.
 */
public final class FeatureInstaller {
  private final FeatureReader reader;
  private final BundleUses bundles;
  private final Configurations configurations;
  private final Map<String, InstalledFeature> installed = new LinkedHashMap<>();
  private final Map<String, FeatureDocument> documents = new LinkedHashMap<>();

  /**
   * @param context of the framework's system bundle
   * @param system folder with the bundles, in Maven layout
   * @param overrides values that win over the variables of a feature file
   */
  public FeatureInstaller(BundleContext context, Path system, Map<String, String> overrides) {
    this.reader = new FeatureReader(new MavenLayout(system), overrides);
    this.bundles = new BundleUses(context);
    this.configurations = new Configurations(context);
  }

  /**
   * Installs a feature: everything of it or nothing. Its configurations are applied before its
   * bundles start; where no ConfigurationAdmin runs yet they wait for {@link #configure()}.
   *
   * @param file feature file, OSGi Feature JSON
   * @return what was installed; the same feature again changes nothing
   * @throws FeatureException if the file is no feature, a bundle is missing or is refused
   */
  public synchronized InstalledFeature install(Path file) throws FeatureException {
    FeatureDocument document = reader.read(file);
    InstalledFeature known = installed.get(document.id());
    if (known != null) {
      return known;
    }
    InstalledFeature feature =
        new InstalledFeature(
            document.id(),
            file,
            document.bundles().stream().map(FeatureDocument.Entry::coordinates).toList(),
            document.variables());
    bundles.install(document);
    configurations.add(document);
    configurations.apply();
    bundles.start(document);
    installed.put(document.id(), feature);
    documents.put(document.id(), document);
    return feature;
  }

  /**
   * Removes a feature: its configurations, and those of its bundles that no other feature names.
   *
   * @param id {@code group:artifact:version} of the feature
   * @throws FeatureException if it is not installed, or a bundle can't be removed
   */
  public synchronized void uninstall(String id) throws FeatureException {
    FeatureDocument document = documents.get(id);
    if (document == null) {
      throw new FeatureException(
          "feature " + id + " is not installed; installed are " + installed.keySet());
    }
    bundles.uninstall(document);
    configurations.remove(document);
    documents.remove(id);
    installed.remove(id);
  }

  /**
   * Applies the configurations that waited for ConfigurationAdmin.
   *
   * @throws FeatureException if ConfigurationAdmin is still missing though a feature needs it
   */
  public synchronized void configure() throws FeatureException {
    configurations.apply();
    configurations.requireApplied();
  }

  /** What is installed, in the order of installation. */
  public synchronized List<InstalledFeature> features() {
    return new ArrayList<>(installed.values());
  }
}
