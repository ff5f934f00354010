package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README says, in its order, on a copy of the sources. */
class ReadmeIT {
  private static final Path ROOT =
      Path.of(System.getProperty("gear.root", "../..")).toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  @TempDir Path folder;

  @Test
  void shouldDoWhatTheReadmeSays() throws Exception {
    Path clone = copyOfTheSources();
    int port = Distribution.freePort();
    takePort(clone, port);
    Path script = Files.writeString(folder.resolve("readme.sh"), script(clone));
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-e", "-x", script.toString()).directory(clone.toFile());
    bash.environment().keySet().removeIf(name -> name.startsWith("GEAR_"));
    bash.environment().put("JAVA_HOME", Jdk.current().home().toString());
    bash.environment().put("MAVEN_OPTS", "-Duser.home=" + settings());

    Distribution.Result result = Distribution.run(bash, 1800).expect(0);

    assertThat(result.out()).contains("COMPLETED").contains("first-fit");
    assertThat(PlainWordCount.read(clone.resolve("counts.tsv")))
        .isEqualTo(PlainWordCount.count(List.of(clone.resolve("LICENSE"))));
  }

  /** All blocks of commands in one script, which leaves no node behind however it ends. */
  private static String script(Path clone) throws IOException {
    StringBuilder script = new StringBuilder("trap './gear node stop || true' EXIT\n");
    Matcher blocks = BLOCK.matcher(Files.readString(clone.resolve("README.md")));
    int count = 0;
    while (blocks.find()) {
      script.append(blocks.group(1));
      count++;
    }
    assertThat(count).as("blocks of commands").isGreaterThan(4);
    // the last command stops the node
    assertThat(script.toString().strip()).endsWith("./gear node stop");
    return script.append("trap - EXIT\n").toString();
  }

  private Path copyOfTheSources() throws Exception {
    Path clone = Files.createDirectories(folder.resolve("clone"));
    String copy =
        "git -C \"$0\" ls-files -z -co --exclude-standard | tar -C \"$0\" --null -T - -cf - | tar -C \"$1\" -xf -";
    Distribution.run(new ProcessBuilder("bash", "-c", copy, ROOT.toString(), clone.toString()), 120)
        .expect(0);
    return clone;
  }

  /** As somebody would whose port 8090 is taken: edits the configuration that the clone keeps. */
  private void takePort(Path clone, int port) throws IOException {
    String name = "org.apache.felix.http.cfg";
    Path shipped = clone.resolve("runtime-distribution/distribution/src/main/conf").resolve(name);
    Path known = Files.createDirectories(clone.resolve(".gear/shipped-conf")).resolve(name);
    Path edited = Files.createDirectories(clone.resolve(".gear/home/conf")).resolve(name);
    Files.copy(shipped, known, StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(
        edited, Files.readString(shipped) + "\norg.osgi.service.http.port = " + port + "\n");
  }

  /**
   * A home folder whose Maven settings look first into what the build of this tree has fetched
   * already, so that little or nothing is fetched once more.
   */
  private Path settings() throws IOException {
    Path home = folder.resolve("home");
    Path file = Files.createDirectories(home.resolve(".m2")).resolve("settings.xml");
    String fetched =
        "<id>fetched</id><url>"
            + Path.of(System.getProperty("maven.repo.local")).toUri()
            + "</url><snapshots><enabled>false</enabled></snapshots>";
    Files.writeString(
        file,
        """
        <settings>
          <profiles><profile><id>fetched</id>
            <repositories><repository>%s</repository></repositories>
            <pluginRepositories><pluginRepository>%s</pluginRepository></pluginRepositories>
          </profile></profiles>
          <activeProfiles><activeProfile>fetched</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(fetched, fetched));
    return home;
  }
}
