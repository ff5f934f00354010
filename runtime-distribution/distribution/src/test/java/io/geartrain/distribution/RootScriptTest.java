package io.geartrain.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root of a checkout, on a small tree and with a Maven that only pretends. */
class RootScriptTest {
  private static final List<String> TOOLS =
      List.of(
          "basename",
          "bash",
          "cat",
          "chmod",
          "cmp",
          "cp",
          "date",
          "dirname",
          "env",
          "find",
          "grep",
          "head",
          "mkdir",
          "mv",
          "ps",
          "rm",
          "sed",
          "touch");
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo run >>"$FAKE_LOG"
      if [ -e "$FAKE_LOG.fail" ]; then echo '[ERROR] no such symbol'; exit 1; fi
      home=$PWD/runtime-distribution/distribution/target/geartrain-1
      mkdir -p "$home/bin" "$home/lib" "$home/conf" "$home/system"
      printf '#!/usr/bin/env bash\\necho "gear ran: $*"\\n' >"$home/bin/gear"
      chmod +x "$home/bin/gear"
      echo "build $(date +%s%N)" >"$home/lib/build.stamp"
      cp conf.source "$home/conf/a.cfg"
      echo '[INFO] Building io.geartrain.api 0.1.0-SNAPSHOT        [1/1]'
      """;

  @TempDir Path folder;

  private Path root;
  private Path tools;
  private Path log;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void layOut() throws Exception {
    root = Files.createDirectories(folder.resolve("a checkout"));
    Files.copy(Path.of("../../gear"), root.resolve("gear"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String name : List.of("pom.xml", "LICENSE", "NOTICE", "conf.source")) {
      Files.writeString(root.resolve(name), "1\n");
    }
    Files.createDirectories(root.resolve("bundles/x/src/main/java"));
    Files.createDirectories(root.resolve("runtime-distribution/distribution"));
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin") : Path.of("/bin");
      program(tools.resolve(tool), "#!/bin/sh\nexec " + real.resolve(tool) + " \"$@\"\n");
    }
    log = folder.resolve("maven.log");
    environment.put("PATH", tools.toString());
    environment.put("FAKE_LOG", log.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    program(tools.resolve("mvn"), MAVEN);
  }

  @Test
  void shouldBuildOnceThenBeQuiet() throws Exception {
    assertThat(gear("apps", "--all")).isEqualTo(new Outcome(0, "gear ran: apps --all\n", "built"));
    assertThat(gear("apps")).isEqualTo(new Outcome(0, "gear ran: apps\n", ""));
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void shouldBuildAgainWhenASourceIsNewerAndKeepWhatTheNodeHas() throws Exception {
    gear();
    Path home = root.resolve(".gear/home");
    Path kept = Files.writeString(home.resolve("data/kept"), "state");
    Files.writeString(home.resolve("conf/a.cfg"), "edited\n");
    Files.writeString(root.resolve("bundles/x/src/main/java/A.java"), "class A {}");
    Files.writeString(root.resolve("conf.source"), "2\n");

    Outcome outcome = gear("nodes");

    assertThat(outcome.out()).isEqualTo("gear ran: nodes\n");
    assertThat(builds()).isEqualTo(2);
    assertThat(kept).hasContent("state");
    assertThat(home.resolve("conf/a.cfg")).hasContent("edited");
    assertThat(gear().err()).isEmpty();
  }

  @Test
  void shouldNotBuildForAChangedTest() throws Exception {
    gear();
    Path tests = Files.createDirectories(root.resolve("bundles/x/src/test/java"));
    gear();
    int before = builds();
    Files.writeString(tests.resolve("ATest.java"), "class ATest {}");

    gear();

    assertThat(builds()).isEqualTo(before);
  }

  @Test
  void shouldShowTheErrorsOfABuildThatFails() throws Exception {
    Files.writeString(folder.resolve("maven.log.fail"), "");

    Outcome outcome = gear("apps");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(rawError)
        .contains("[ERROR] no such symbol", "the build failed", root + "/.gear/build.log");
    assertThat(root.resolve(".gear/building")).doesNotExist();
  }

  @Test
  void shouldSayThatMavenIsMissing() throws Exception {
    Files.delete(tools.resolve("mvn"));

    assertThat(gear().status()).isEqualTo(1);
    assertThat(rawError).contains("Maven (mvn) is not on the PATH");
  }

  @Test
  void shouldRefuseACompilerThatIsTooOld() throws Exception {
    Path jdk = folder.resolve("jdk11");
    Files.createDirectories(jdk.resolve("bin"));
    program(jdk.resolve("bin/javac"), "#!/usr/bin/env bash\necho javac 11.0.2\n");
    environment.put("JAVA_HOME", jdk.toString());

    assertThat(gear().status()).isEqualTo(1);
    assertThat(rawError).contains("javac 11.0.2", jdk.toString(), "17 or newer");
    assertThat(log).doesNotExist();
  }

  private String rawError = "";

  /** Runs the script; of what it says while it builds only the fact is kept. */
  private Outcome gear(String... arguments) throws Exception {
    try (Distribution.Running gear =
        Distribution.run(root.resolve("gear"), environment, arguments)) {
      int status = gear.process().waitFor();
      rawError = gear.err();
      String brief = rawError.startsWith("Building Geartrain") ? "built" : rawError;
      return new Outcome(status, gear.out(), brief);
    }
  }

  private int builds() throws IOException {
    return Files.readAllLines(log).size();
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** What a run of the script came to. */
  private record Outcome(int status, String out, String err) {}
}
