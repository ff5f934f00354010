package io.geartrain.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCheckTest {
  @TempDir Path folder;

  private final Path script = Distribution.built().resolve("bin/gear");

  @Test
  void shouldRefuseAJavaThatIsTooOld() throws Exception {
    Path java = java("11.0.2");

    try (Distribution.Running gear =
        Distribution.run(script, Map.of("JAVA_HOME", java.toString()), "node", "start")) {
      assertThat(gear.process().waitFor()).isEqualTo(1);
      assertThat(gear.err())
          .startsWith("gear: Java 11.0.2 is too old")
          .contains(java.toString(), "17 or newer", "JAVA_HOME");
    }
  }

  @Test
  void shouldUnderstandTheOldWayOfCountingVersions() throws Exception {
    Path java = java("1.8.0_292");

    try (Distribution.Running gear =
        Distribution.run(script, Map.of("JAVA_HOME", java.toString()), "apps")) {
      assertThat(gear.process().waitFor()).isEqualTo(1);
      assertThat(gear.err()).startsWith("gear: Java 1.8.0_292 is too old");
    }
  }

  @Test
  void shouldSayThatJavaHomeHoldsNoJava() throws Exception {
    try (Distribution.Running gear =
        Distribution.run(script, Map.of("JAVA_HOME", folder.toString()), "node", "start")) {
      assertThat(gear.process().waitFor()).isEqualTo(1);
      assertThat(gear.err()).contains("JAVA_HOME is " + folder, "no bin/java in it");
    }
  }

  /** A JDK that can do nothing but tell its version. */
  private Path java(String version) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("old jdk/bin"));
    Path java = bin.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\" 2019' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin.getParent();
  }
}
