package io.geartrain.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.geartrain.deploy.internal.TestJars;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleDescription.ApplicationEntry;
import io.geartrain.spi.BundleProblem;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleInspectorTest {
  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void name() {
    jar = folder.resolve("app.jar");
  }

  @Test
  void shouldTellNameVersionDigestAndApplications() throws Exception {
    TestJars.bundle("com.example.app;singleton:=true", "1.2.3.x")
        .header(
            "Provide-Capability",
            "osgi.service;objectClass:List<String>=\"a,b;c\",gear.application;class=\"com.x.App\";name=word-count")
        .entry("com/x/App.class", "")
        .write(jar);

    BundleDescription found = BundleInspector.inspect(jar, "app.jar");

    assertThat(found.name()).isEqualTo("com.example.app");
    assertThat(found.version()).isEqualTo("1.2.3.x");
    assertThat(found.digest()).matches("[0-9a-f]{64}");
    assertThat(found.applications())
        .containsExactly(new ApplicationEntry("word-count", "com.x.App"));
    assertThat(BundleInspector.application(found).name()).isEqualTo("word-count");
  }

  @Test
  void shouldRefuseWhatIsNoZip() throws Exception {
    Files.writeString(jar, "not a jar");
    assertProblem("bundle-not-a-zip", "app.jar is no jar");

    Files.writeString(jar, "");
    assertProblem("bundle-not-a-zip", "app.jar is no jar");
  }

  @Test
  void shouldRefuseAJarThatIsCutOffAnywhere() throws Exception {
    TestJars.bundle("app", "1").entry("data", "x".repeat(500)).write(jar);
    byte[] whole = Files.readAllBytes(jar);

    for (int length = 4; length < whole.length; length++) {
      Files.write(jar, Arrays.copyOf(whole, length));
      assertProblem("bundle-truncated", "app.jar is cut off after " + length + " bytes");
    }
  }

  @Test
  void shouldSurviveDamageOfAnyKind() throws Exception {
    TestJars.bundle("app", "1").application("a", "x.A").entry("x/A.class", "").write(jar);
    byte[] whole = Files.readAllBytes(jar);

    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] damaged = whole.clone();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(jar, damaged);
      try {
        BundleInspector.inspect(jar, "app.jar");
      } catch (BundleProblem problem) {
        assertThat(problem.code()).as("seed %d", seed).startsWith("bundle-");
      }
    }
  }

  @Test
  void shouldSayHowToMakeABundleOfAPlainJar() throws Exception {
    TestJars.plain().write(jar);
    assertProblem("bundle-no-manifest", "no Bundle-SymbolicName; build it with bnd-maven-plugin");

    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("x"));
      zip.closeEntry();
    }
    assertProblem("bundle-no-manifest", "app.jar is no OSGi bundle: it has no META-INF/MANIFEST");

    TestJars.plain().header("Bundle-SymbolicName", "app").write(jar);
    assertProblem("bundle-no-manifest", "Bundle-ManifestVersion: 2");

    TestJars.bundle("app", "one").write(jar);
    assertProblem("bundle-no-manifest", "its Bundle-Version 'one' is no version");
  }

  @Test
  void shouldRefuseAManifestThatIsABomb() throws Exception {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }

    assertProblem("bundle-no-manifest", "more than 1 MB");
  }

  @Test
  void shouldMissTheClassOfAnApplication() throws Exception {
    TestJars.bundle("app", "1").application("word-count", "com.x.App").write(jar);

    assertProblem("bundle-no-application", "application word-count of class com.x.App");
  }

  @Test
  void shouldWantExactlyOneApplicationAtSubmission() {
    assertApplicationProblem("bundle-no-application", List.of());
    assertApplicationProblem(
        "bundle-many-applications",
        List.of(new ApplicationEntry("a", "x.A"), new ApplicationEntry("b", "x.B")));
  }

  private static void assertApplicationProblem(String code, List<ApplicationEntry> applications) {
    assertThatThrownBy(
            () -> BundleInspector.application(new BundleDescription("n", "1", "d", applications)))
        .isInstanceOfSatisfying(BundleProblem.class, p -> assertThat(p.code()).isEqualTo(code));
  }

  private void assertProblem(String code, String message) {
    BundleProblem problem =
        catchThrowableOfType(BundleProblem.class, () -> BundleInspector.inspect(jar, "app.jar"));
    assertThat(problem).hasMessageContaining(message);
    assertThat(problem.code()).isEqualTo(code);
  }
}
