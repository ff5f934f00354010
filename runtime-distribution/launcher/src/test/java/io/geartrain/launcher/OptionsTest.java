package io.geartrain.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void shouldReadAllOptions() throws Exception {
    Options options =
        Options.parse(List.of("--shell", "--port", "9000", "--data=/d a", "-Dx=1", "-D", "y=a=b"));

    assertThat(options.shell()).isTrue();
    assertThat(options.help()).isFalse();
    assertThat(options.data()).contains(Path.of("/d a"));
    assertThat(options.properties())
        .containsEntry("gear.http.port", "9000")
        .containsEntry("x", "1")
        .containsEntry("y", "a=b");
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Options.parse(List.of("--shel")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("'--shel'");
    assertThatThrownBy(() -> Options.parse(List.of("--port", "http"))).hasMessageContaining("http");
    assertThatThrownBy(() -> Options.parse(List.of("--port", "70000")))
        .hasMessageContaining("70000");
    assertThatThrownBy(() -> Options.parse(List.of("--data"))).hasMessageContaining("--data");
    assertThatThrownBy(() -> Options.parse(List.of("-Dnothing"))).hasMessageContaining("nothing");
  }

  @Test
  void shouldEndWithTheUsageStatus() {
    assertThatThrownBy(() -> Options.parse(List.of("x")))
        .isInstanceOfSatisfying(
            LaunchException.class, e -> assertThat(e.status()).isEqualTo(LaunchException.USAGE));
  }
}
