package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the examples as their authors would: outside of this tree, against what is published. */
class ExamplesIT {
  private static final Path ROOT = Path.of(System.getProperty("gear.root", "../..")).normalize();
  private static final String VERSION = System.getProperty("gear.version");

  @TempDir Path folder;

  @Test
  void shouldBuildAndRunTheExamples() throws Exception {
    Path repository = publish();
    Path wordcount = build("wordcount", repository);
    Path scheduler = build("scheduler", repository);
    assertThat(linesOfJava(ROOT.resolve("examples/scheduler/src/main"))).isLessThan(40);

    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    try (Node node = distribution.start()) {
      distribution.gear("deploy", scheduler.toString()).expect(0);
      Path licence = distribution.home().resolve("LICENSE");
      Path output = folder.resolve("counts.tsv");
      distribution
          .gear(
              "submit",
              wordcount.toString(),
              "--set",
              "input=" + licence,
              "--set",
              "output=" + output,
              "--scheduler",
              "first-fit",
              "--wait")
          .expect(0);

      assertThat(PlainWordCount.read(output)).isEqualTo(PlainWordCount.count(List.of(licence)));
      assertThat(node.rest().get("/api/v1/apps").get("apps")).hasSize(1);
    }
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
    for (String module :
        List.of(
            "bundles/io.geartrain.api",
            "bundles/io.geartrain.spi",
            "connector-bundles/io.geartrain.connector.files")) {
      Path source = ROOT.resolve(module);
      String artifact = source.getFileName().toString();
      Path target = Files.createDirectories(repository.resolve(artifact + "/" + VERSION));
      String file = artifact + "-" + VERSION;
      Files.copy(source.resolve("pom.xml"), target.resolve(file + ".pom"));
      Files.copy(source.resolve("target/" + file + ".jar"), target.resolve(file + ".jar"));
    }
    return folder.resolve("published");
  }

  private Path build(String example, Path repository) throws Exception {
    Path project = folder.resolve("projects").resolve(example);
    copyTree(ROOT.resolve("examples").resolve(example), project);
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
            .directory(project.toFile());
    maven.environment().put("JAVA_HOME", Jdk.current().home().toString());
    Distribution.run(maven, 600).expect(0);
    return project.resolve("target/" + example + ".jar");
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
