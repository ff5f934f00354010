package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user who may write nothing but the folder of the distribution; needs root to become one. */
class ForeignUserIT {
  private static final String NOBODY = "65534";

  @TempDir Path folder;

  private Distribution distribution;

  @BeforeEach
  void unpack() throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root") && isThere("setpriv"),
        "only root with setpriv can become somebody else");
    distribution = Distribution.unpack(folder, Jdk.current());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    run("chmod", "755", distribution.home().getParent().toString());
    run("chown", "-R", NOBODY + ":" + NOBODY, distribution.home().toString());
    assertThat(distribution.home().toString()).contains(" ");
  }

  @Test
  void shouldRunWithItsOwnFolderOnly() throws Exception {
    Path log = folder.resolve("terminal.txt");
    Process node =
        asNobody(distribution.command("node", "start"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Distribution.run(asNobody(distribution.command("node", "wait", "--timeout", "3m")), 200)
          .expect(0);

      gear("quickstart", "--exit").expect(0);

      gear("node", "stop").expect(0);
      assertThat(node.waitFor(60, TimeUnit.SECONDS)).as(Files.readString(log)).isTrue();
      assertThat(node.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      node.destroyForcibly();
    }
  }

  @Test
  void shouldNameWhatMayNotBeReadOrWritten() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "not for you");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path closed = Files.createDirectories(folder.resolve("closed"));
    Process node =
        asNobody(distribution.command("node", "start"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("terminal.txt").toFile())
            .start();
    try {
      gear("node", "wait", "--timeout", "3m").expect(0);
      Path licence = distribution.home().resolve("LICENSE");

      Distribution.Result unreadable = submit(secret, distribution.data().resolve("out.tsv"));
      Distribution.Result unwritable = submit(licence, closed.resolve("out.tsv"));
      Distribution.Result early =
          gear("quickstart", "--exit", "--output", closed.resolve("out.tsv").toString());

      assertThat(unreadable.status()).isEqualTo(1);
      assertThat(unreadable.err()).contains(secret.toString());
      assertThat(unwritable.status()).isEqualTo(1);
      assertThat(unwritable.err()).contains(closed.toString());
      assertThat(early.status()).isNotZero();
      assertThat(early.err()).contains(closed.toString());
      gear("node", "stop").expect(0);
    } finally {
      node.destroyForcibly();
    }
  }

  private Distribution.Result submit(Path input, Path output) throws Exception {
    return gear(
        "submit",
        distribution.home().resolve("examples/wordcount.jar").toString(),
        "--set",
        "input=" + input,
        "--set",
        "output=" + output,
        "--wait");
  }

  private Distribution.Result gear(String... args) throws Exception {
    return Distribution.run(asNobody(distribution.command(args)), 300);
  }

  /** The same command by a user without a home and without a folder for temporary files. */
  private static ProcessBuilder asNobody(ProcessBuilder builder) {
    List<String> command =
        new ArrayList<>(
            List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--"));
    command.addAll(builder.command());
    builder.command(command).directory(Path.of("/").toFile());
    builder.environment().put("HOME", "/nonexistent");
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=/nonexistent");
    return builder;
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
