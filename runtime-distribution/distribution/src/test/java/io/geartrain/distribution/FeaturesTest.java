package io.geartrain.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.features.FeatureInstaller;
import io.geartrain.features.InstalledFeature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class FeaturesTest {
  @TempDir Path cache;

  @Test
  void shouldFindEveryBundleOfEveryFeatureAndShipNoOther() throws Exception {
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString()));
    framework.init();
    try {
      Path system = Distribution.built().resolve("system");
      FeatureInstaller installer =
          new FeatureInstaller(framework.getBundleContext(), system, Map.of());
      Set<String> named = new HashSet<>();
      for (Path file : featureFiles()) {
        InstalledFeature feature = installer.install(file);
        assertThat(feature.bundles()).as(file.toString()).isNotEmpty();
        named.addAll(feature.bundles());
      }

      assertThat(artifactsIn(system)).containsExactlyInAnyOrderElementsOf(named);
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }

  private static List<Path> featureFiles() throws Exception {
    try (Stream<Path> files = Files.list(Distribution.built().resolve("features"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** Coordinates of the jars in a folder of Maven layout. */
  private static List<String> artifactsIn(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .map(folder::relativize)
          .map(FeaturesTest::coordinates)
          .toList();
    }
  }

  private static String coordinates(Path jar) {
    int parts = jar.getNameCount();
    String group = jar.subpath(0, parts - 3).toString().replace('/', '.');
    String artifact = jar.getName(parts - 3).toString();
    String version = jar.getName(parts - 2).toString();
    String plain = artifact + "-" + version;
    String name = jar.getFileName().toString();
    String classifier = name.substring(plain.length(), name.length() - ".jar".length());
    return classifier.isEmpty()
        ? group + ":" + artifact + ":" + version
        : group + ":" + artifact + ":jar:" + classifier.substring(1) + ":" + version;
  }
}
