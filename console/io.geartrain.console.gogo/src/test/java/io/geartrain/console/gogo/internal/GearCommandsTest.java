package io.geartrain.console.gogo.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.client.ClusterClient;
import io.geartrain.client.ClusterException;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToClient.BundleReply;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.ProcessorStatus;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GearCommandsTest {
  private final List<String> asked = new ArrayList<>();
  private Object answer;
  private final ClusterClient cluster =
      (ClusterClient)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ClusterClient.class},
              (proxy, method, arguments) -> {
                asked.add(method.getName() + Arrays.toString(arguments));
                if (answer instanceof RuntimeException failure) {
                  throw failure;
                }
                return answer;
              });
  private final BundleStore store =
      new BundleStore() {
        @Override
        public Stored put(InputStream bytes) throws IOException {
          return new Stored("d" + bytes.readAllBytes().length, 0);
        }

        @Override
        public Optional<Path> find(String digest) {
          return Optional.empty();
        }

        @Override
        public void remove(String digest) {}
      };
  private final GearCommands commands = new GearCommands(() -> cluster, () -> store);

  private static ApplicationView failed() {
    var bundle = new BundleDescription("word.count", "1.0.0", "ab", List.of());
    var spec =
        new ApplicationSpec(
            "wc-1", "word-count", bundle, "X", Map.of("k", "v"), null, "admin", Instant.EPOCH);
    var step = new ProcessorStatus("split", "OPERATOR", 2, 0, 10, 20, 0, 0, 49.6, 0, null);
    var status =
        new ApplicationStatus(
            "wc-1",
            1,
            ApplicationState.FAILED,
            null,
            null,
            List.of(step),
            List.of(),
            "split",
            null,
            Failure.of("task-failed", "it broke", "mend it"));
    return new ApplicationView(
        spec,
        status,
        List.of(new Placement(0, Placement.Kind.ASSIGN, "w-1", "local", "free", "spread")));
  }

  @Test
  void shouldSayThatThereIsNoMasterYet() {
    GearCommands alone = new GearCommands(() -> null, () -> null);

    assertThat(alone.apps()).contains("no way to a master yet");
    assertThat(alone.deploy("x.jar")).contains("no way to a master yet");
  }

  @Test
  void shouldTellWhatTheMasterRefusesAndWhatToDo() {
    answer = new ClusterException("unknown-application", "There is no nope.", "See apps.");

    assertThat(commands.app("nope")).isEqualTo("There is no nope. See apps.");
  }

  @Test
  void shouldDescribeAnApplicationAndItsFailure() {
    answer = failed();

    assertThat(commands.app("wc-1"))
        .contains("wc-1 FAILED", "{k=v}", "split  OPERATOR  2", "50%")
        .contains("slice 0 ASSIGN w-1: free", "failed: it broke", "mend it");
  }

  @Test
  void shouldSubmitWithSettings() {
    answer = failed();

    assertThat(commands.submit("word.count", "k=v", "path=a=b")).isEqualTo("wc-1 FAILED");
    assertThat(asked)
        .containsExactly("submit[word.count, null, {k=v, path=a=b}, null, null, shell]");
  }

  @Test
  void shouldRefuseASettingWithoutValue() {
    assertThat(commands.submit("b", "k=v", "nope"))
        .isEqualTo("'nope' is no setting; write key=value");
    assertThat(asked).isEmpty();
  }

  @Test
  void shouldDeployAFile(@TempDir Path folder) throws IOException {
    Path jar = Files.write(folder.resolve("a.jar"), new byte[7]);
    var view =
        new BundleView(
            "a", "1.0", "d7", "upload", "ACTIVE", null, List.of(), List.of(), List.of(), List.of());
    answer = new BundleReply(view, true);

    assertThat(commands.deploy(jar.toString())).isEqualTo("a 1.0 deployed");
    assertThat(asked).containsExactly("deploy[d7, a.jar, shell]");
    assertThat(commands.deploy(folder.resolve("none.jar").toString())).contains("can't be read");
  }

  @Test
  void shouldAlignColumns() {
    String text = new Table("A", "LONG").row("wide one", 1).row(null, 22).toString();

    assertThat(text).isEqualTo("A         LONG\nwide one  1\n-         22");
  }
}
