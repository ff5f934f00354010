package io.geartrain.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.cli.internal.command.Cli.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeWaitCommandTest {
  private static final String UNREADY =
      "{\"ready\":false,\"checks\":[{\"name\":\"worker\",\"ok\":false,\"detail\":\"starting\"}]}";

  @Test
  void shouldReturnAsSoonAsTheNodeIsReady() throws Exception {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /health/ready", 503, UNREADY)
          .on("GET /health/ready", 200, "{\"ready\":true,\"checks\":[]}");

      Result result = Cli.of(node).run("node", "wait");

      assertThat(result.status()).as(result.err()).isZero();
      assertThat(result.out()).contains(node.url()).contains("ready");
      assertThat(node.routes()).hasSize(2);
    }
  }

  @Test
  void shouldTellWhatIsMissingWhenTheTimeIsOver() throws Exception {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /health/ready", 503, UNREADY);

      Result result = Cli.of(node).run("node", "wait", "--timeout", "200ms");

      assertThat(result.status()).isEqualTo(6);
      assertThat(result.err()).contains("worker: starting").contains("200 ms");
    }
  }

  @Test
  void shouldGiveUpWhenNoNodeIsStarted(@TempDir Path home) {
    Result result = new Cli().home(home).run("node", "wait", "--timeout", "100ms");

    assertThat(result.status()).isEqualTo(6);
    assertThat(result.err()).contains("gear node start");
  }
}
