package io.geartrain.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSettingsTest {
  @TempDir Path home;

  @Test
  void shouldLiveInItsHomeByDefault() throws Exception {
    NodeSettings settings = NodeSettings.read(home, Options.parse(List.of()));

    assertThat(settings.data()).isEqualTo(home.resolve("data"));
    assertThat(settings.deploy()).isEqualTo(home.resolve("deploy"));
    assertThat(settings.features(false)).contains(home.resolve("features/node.json"));
    assertThat(settings.features(false)).doesNotContain(home.resolve("features/shell.json"));
    assertThat(settings.features(true)).endsWith(home.resolve("features/shell.json"));
  }

  @Test
  void shouldTakeFoldersAndFeaturesFromTheFileAndOptionsBefore() throws Exception {
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(
        home.resolve("conf/node.properties"),
        "gear.data = ${gear.home}/d\ngear.features = platform, http\ngear.logs = /var/log/gear\n");

    NodeSettings settings =
        NodeSettings.read(home, Options.parse(List.of("-Dgear.features=platform")));

    assertThat(settings.data()).isEqualTo(home.resolve("d"));
    assertThat(settings.logs()).isEqualTo(Path.of("/var/log/gear"));
    assertThat(settings.features(false)).containsExactly(home.resolve("features/platform.json"));
  }

  @Test
  void shouldRefuseAFolderThatCanNotBeWatched() {
    assertThatThrownBy(() -> NodeSettings.read(Path.of("/a,b"), Options.parse(List.of())))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("comma");
  }
}
