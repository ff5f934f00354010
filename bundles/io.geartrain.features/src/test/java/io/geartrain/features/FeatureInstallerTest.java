package io.geartrain.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.cm.ConfigurationAdmin;

class FeatureInstallerTest {
  @TempDir Path home;

  private Path system;
  private Framework framework;
  private FeatureInstaller installer;

  @BeforeEach
  void start() throws Exception {
    system = home.resolve("a folder+with 100% odd name");
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    home.resolve("cache").toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    "org.osgi.service.cm;version=1.6.1"));
    framework.start();
    installer = new FeatureInstaller(framework.getBundleContext(), system, Map.of("limit", "7"));
    bundle("alpha");
    bundle("beta");
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }

  @Test
  void shouldInstallAndStartTheBundlesOfAFeature() throws Exception {
    Path file =
        feature(
            "one",
            """
            {"id": "test:one:1",
             "variables": {"limit": "3", "gear.readiness": "x"},
             "bundles": [{"id": "test:alpha:1", "bundleStartLevel": 1}, {"id": "test:beta:1"}]}
            """);

    InstalledFeature installed = installer.install(file);

    assertThat(installed.bundles()).containsExactly("test:alpha:1", "test:beta:1");
    assertThat(installed.variables())
        .containsEntry("limit", "7")
        .containsEntry("gear.readiness", "x");
    assertThat(bundleNamed("alpha").getState()).isEqualTo(Bundle.ACTIVE);
    assertThat(bundleNamed("beta").adapt(BundleStartLevel.class).getStartLevel()).isEqualTo(50);
    assertThat(bundleNamed("alpha").getLocation()).startsWith("reference:file:");
  }

  @Test
  void shouldKeepABundleUntilTheLastFeatureGoes() throws Exception {
    installer.install(
        feature("one", "{\"id\":\"test:one:1\",\"bundles\":[{\"id\":\"test:alpha:1\"}]}"));
    installer.install(
        feature(
            "two",
            "{\"id\":\"test:two:1\",\"bundles\":[{\"id\":\"test:alpha:1\"},{\"id\":\"test:beta:1\"}]}"));

    installer.uninstall("test:two:1");
    assertThat(bundleNamed("alpha")).isNotNull();
    assertThat(bundleNamed("beta")).isNull();

    installer.uninstall("test:one:1");
    assertThat(bundleNamed("alpha")).isNull();
    assertThat(installer.features()).isEmpty();
  }

  @Test
  void shouldApplyConfigurationsOnceConfigurationAdminRuns() throws Exception {
    installer.install(
        feature(
            "one",
            """
            {"id": "test:one:1",
             "configurations": {"some.pid": {"limit": "${limit}", "on": true},
                                "some.factory~a": {"x": 1}}}
            """));
    assertThatThrownBy(installer::configure)
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("one.json")
        .hasMessageContaining("org.apache.felix.configadmin");

    Path configAdmin =
        Path.of(
            ConfigurationAdmin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(configAdmin).exists();
    for (String entry :
        System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
      if (entry.contains("configadmin")) {
        framework.getBundleContext().installBundle("reference:" + Path.of(entry).toUri()).start();
      }
    }
    installer.configure();

    ConfigurationAdmin admin =
        framework
            .getBundleContext()
            .getService(framework.getBundleContext().getServiceReference(ConfigurationAdmin.class));
    assertThat(admin.getConfiguration("some.pid", "?").getProperties().get("limit")).isEqualTo("7");
    assertThat(admin.getConfiguration("some.pid", "?").getProperties().get("on")).isEqualTo(true);
    assertThat(admin.getFactoryConfiguration("some.factory", "a", "?").getProperties().get("x"))
        .isNotNull();
  }

  @Test
  void shouldNameFileLineAndCureWhenABundleIsMissing() throws Exception {
    Path file =
        feature(
            "broken",
            "{\n \"id\": \"test:broken:1\",\n \"bundles\": [\n  {\"id\": \"test:alpha:1\"},\n"
                + "  {\"id\": \"test:gamma:1\"}\n ]\n}\n");

    assertThatThrownBy(() -> installer.install(file))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("broken.json:5: bundle test:gamma:1 is missing")
        .hasMessageContaining("gamma-1.jar")
        .hasMessageContaining("correct the version");
    assertThat(bundleNamed("alpha")).isNull();
  }

  @Test
  void shouldInstallNothingWhenTheFrameworkRefusesOneBundle() throws Exception {
    Files.writeString(system.resolve("test/beta/1/beta-1.jar"), "not a zip");
    Path file =
        feature(
            "half",
            "{\"id\":\"test:half:1\",\"bundles\":[{\"id\":\"test:alpha:1\"},{\"id\":\"test:beta:1\"}]}");

    assertThatThrownBy(() -> installer.install(file))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("half.json:1: bundle test:beta:1");
    assertThat(bundleNamed("alpha")).isNull();
    assertThat(installer.features()).isEmpty();
  }

  @Test
  void shouldGiveThePlaceOfASyntaxError() throws Exception {
    Path file = feature("bad", "{\n \"id\": \"test:bad:1\",\n \"bundles\": [}\n");

    assertThatThrownBy(() -> installer.install(file))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("bad.json")
        .hasMessageContaining("line no=3");
  }

  @Test
  void shouldRefuseAStartLevelThatIsNoNumber() throws Exception {
    Path file =
        feature(
            "level",
            "{\"id\":\"test:level:1\",\"bundles\":[{\"id\":\"test:alpha:1\",\"bundleStartLevel\":\"high\"}]}");

    assertThatThrownBy(() -> installer.install(file)).hasMessageContaining("'high'");
  }

  @Test
  void shouldNameTheMissingFile() {
    assertThatThrownBy(() -> installer.install(home.resolve("none.json")))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("none.json: no such feature file");
  }

  private Path feature(String name, String json) throws Exception {
    return Files.writeString(home.resolve(name + ".json"), json);
  }

  private void bundle(String name) throws Exception {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
    Path jar = system.resolve("test/" + name + "/1/" + name + "-1.jar");
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest)) {
      zip.finish();
    }
  }

  private Bundle bundleNamed(String name) {
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      if (name.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    return null;
  }
}
