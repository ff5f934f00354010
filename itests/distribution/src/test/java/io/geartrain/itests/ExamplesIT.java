package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the examples as their authors would: outside of this tree, against what is published. */
class ExamplesIT {
  private static final Path ROOT = Path.of(System.getProperty("gear.root", "../..")).normalize();
  private static final String VERSION = System.getProperty("gear.version");

  private static final List<String> EXAMPLES =
      List.of("wordcount", "windowed-wordcount", "sessions", "join", "topology", "scheduler");

  @TempDir Path folder;

  private String channels;

  @Test
  void shouldBuildAndRunTheExamples() throws Exception {
    buildAll(publish());
    assertThat(linesOfJava(ROOT.resolve("examples/scheduler/src/main"))).isLessThan(40);

    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    try (Node node = distribution.start()) {
      distribution.gear("deploy", jar("scheduler").toString()).expect(0);
      Path licence = distribution.home().resolve("LICENSE");
      Path output = folder.resolve("counts.tsv");
      distribution
          .gear(
              "submit",
              jar("wordcount").toString(),
              "--set",
              "input=" + licence,
              "--set",
              "output=" + output,
              "--scheduler",
              "first-fit",
              "--wait")
          .expect(0);
      assertThat(PlainWordCount.read(output)).isEqualTo(PlainWordCount.count(List.of(licence)));

      for (String way : List.of("local", "bytes")) {
        channels = way;
        shouldCountWordsByTheMinute(distribution);
        shouldCutClicksIntoVisits(distribution);
        shouldJoinOrdersWithPayments(distribution);
        shouldWarnOfHotSensors(distribution);
      }
      assertThat(node.rest().get("/api/v1/apps").get("apps")).hasSize(1 + 2 * 4);
    }
  }

  private void shouldCountWordsByTheMinute(Distribution distribution) throws Exception {
    Path log =
        file(
            "log",
            "2026-03-01T10:00:01Z to be",
            "2026-03-01T10:01:00Z or",
            "2026-03-01T10:00:59Z not to be");
    submit(distribution, "windowed-wordcount", "input=" + log, out("output"), out("late"));
    assertThat(folder.resolve("output"))
        .content()
        .contains("2026-03-01T10:01:00Z\tor\t1\n")
        .contains("2026-03-01T10:00:00Z\tto\t2\n")
        .hasLineCount(4);
    assertThat(folder.resolve("late")).isEmptyFile();
  }

  private void shouldCutClicksIntoVisits(Distribution distribution) throws Exception {
    Path clicks =
        file(
            "clicks",
            "2026-03-01T10:00:00Z ada /",
            "2026-03-01T10:20:00Z ada /shop",
            "2026-03-01T10:50:00Z ada /late");
    submit(distribution, "sessions", "input=" + clicks, out("output"));
    assertThat(Files.readAllLines(folder.resolve("output")))
        .containsExactlyInAnyOrder(
            "ada\t2026-03-01T10:00:00Z\t1200\t2\t/\t/shop",
            "ada\t2026-03-01T10:50:00Z\t0\t1\t/late\t/late");
  }

  private void shouldJoinOrdersWithPayments(Distribution distribution) throws Exception {
    Path orders = file("orders", "2026-03-01T10:00:00Z o1 500", "2026-03-01T23:59:59Z o2 700");
    Path payments = file("payments", "2026-03-01T10:00:02Z o1 500", "2026-03-02T00:00:00Z o2 700");
    submit(distribution, "join", "orders=" + orders, "payments=" + payments, out("output"));
    assertThat(Files.readAllLines(folder.resolve("output"))).containsExactly("o1\t500\t500\t2000");
  }

  private void shouldWarnOfHotSensors(Distribution distribution) throws Exception {
    Path readings =
        file(
            "readings",
            "2026-03-01T10:00:00Z oven 61.5",
            "2026-03-01T10:00:00Z fridge 4",
            "no reading",
            "2026-03-01T10:00:00Z forge 95");
    submit(distribution, "topology", "input=" + readings, out("output"), out("rejected"));
    assertThat(Files.readAllLines(folder.resolve("output")))
        .containsExactlyInAnyOrder(
            "2026-03-01T10:00:00Z\toven\t61.5", "2026-03-01T10:00:00Z\tforge\t95.0");
    assertThat(Files.readAllLines(folder.resolve("rejected"))).containsExactly("no reading");
  }

  private void submit(Distribution distribution, String example, String... settings)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("submit", jar(example).toString(), "--wait"));
    command.addAll(List.of("--set", "gear.channels=" + channels));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    distribution.gear(command.toArray(String[]::new)).expect(0);
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private String out(String setting) {
    return setting + "=" + folder.resolve(setting);
  }

  private Path jar(String example) {
    return folder.resolve("projects/%s/target/%s.jar".formatted(example, example));
  }

  private long linesOfJava(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      long lines = 0;
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        lines += Files.readAllLines(file).size();
      }
      return lines;
    }
  }

  /** A file repository with the artifacts that authors use, as a release would publish them. */
  private Path publish() throws IOException {
    Path repository = folder.resolve("published/io/geartrain");
    Path parent = Files.createDirectories(repository.resolve("geartrain/" + VERSION));
    Files.copy(ROOT.resolve("pom.xml"), parent.resolve("geartrain-" + VERSION + ".pom"));
    for (String modules : List.of("bundles", "connector-bundles")) {
      try (Stream<Path> folders = Files.list(ROOT.resolve(modules))) {
        for (Path module : folders.toList()) {
          publish(module, repository);
        }
      }
    }
    return folder.resolve("published");
  }

  private static void publish(Path module, Path repository) throws IOException {
    String artifact = module.getFileName().toString();
    String file = artifact + "-" + VERSION;
    Path jar = module.resolve("target/" + file + ".jar");
    if (Files.exists(jar)) {
      Path target = Files.createDirectories(repository.resolve(artifact + "/" + VERSION));
      Files.copy(module.resolve("pom.xml"), target.resolve(file + ".pom"));
      Files.copy(jar, target.resolve(file + ".jar"));
    }
  }

  /** One Maven run for all, to save time; it lends the examples nothing, no parent either. */
  private void buildAll(Path repository) throws Exception {
    Path projects = folder.resolve("projects");
    for (String example : EXAMPLES) {
      copyTree(ROOT.resolve("examples").resolve(example), projects.resolve(example));
    }
    Files.writeString(
        projects.resolve("pom.xml"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId><artifactId>all</artifactId><version>1</version>
          <packaging>pom</packaging>
          <modules><module>%s</module></modules>
        </project>
        """
            .formatted(String.join("</module><module>", EXAMPLES)));
    Path settings = folder.resolve("settings.xml");
    // what the build of this tree has fetched already stands in for the central repository
    Files.writeString(
        settings,
        """
        <settings>
          <mirrors>
            <mirror><id>fetched</id><mirrorOf>central</mirrorOf><url>%s</url></mirror>
          </mirrors>
          <profiles><profile><id>authors</id>
            <repositories><repository><id>published</id><url>%s</url></repository></repositories>
          </profile></profiles>
          <activeProfiles><activeProfile>authors</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(
                Path.of(System.getProperty("maven.repo.local")).toUri(), repository.toUri()));
    ProcessBuilder maven =
        new ProcessBuilder(
                "mvn",
                "-q",
                "-B",
                "-s",
                settings.toString(),
                "-Dmaven.repo.local=" + folder.resolve("local-repository"),
                "package")
            .directory(projects.toFile());
    maven.environment().put("JAVA_HOME", Jdk.current().home().toString());
    Distribution.run(maven, 600).expect(0);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            if (dir.endsWith("target")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(dir)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
