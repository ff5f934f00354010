package io.geartrain.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A private copy of the built distribution, and programs run from it. */
final class Distribution {
  private final Path home;

  private Distribution(Path home) {
    this.home = home;
  }

  /** The folder that the build left; not to be written to. */
  static Path built() {
    return Path.of(System.getProperty("distribution.home"));
  }

  /** Unpacks the tar.gz below a folder. */
  static Distribution unpack(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String tar = System.getProperty("distribution.tar");
    Process process =
        new ProcessBuilder("tar", "xzf", tar, "-C", folder.toString()).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("tar can't unpack " + tar);
    }
    try (Stream<Path> children = Files.list(folder)) {
      return new Distribution(
          children
              .filter(child -> child.getFileName().toString().startsWith("geartrain-"))
              .findFirst()
              .orElseThrow());
    }
  }

  Path home() {
    return home;
  }

  Path script() {
    return home.resolve("bin/gear");
  }

  /** Starts {@code bin/gear} with the JVM of this test. */
  Running gear(String... arguments) throws IOException {
    return run(script(), Map.of("JAVA_HOME", System.getProperty("java.home")), arguments);
  }

  /** Starts a program with its output in files; the environment given is added to the test's. */
  static Running run(Path program, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("gear", ".out");
    Path err = Files.createTempFile("gear", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  /** A program that runs; closing it kills it and what it started. */
  record Running(Process process, Path outFile, Path errFile) implements AutoCloseable {

    String out() {
      return text(outFile);
    }

    String err() {
      return text(errFile);
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
      Files.deleteIfExists(outFile);
      Files.deleteIfExists(errFile);
    }
  }
}
