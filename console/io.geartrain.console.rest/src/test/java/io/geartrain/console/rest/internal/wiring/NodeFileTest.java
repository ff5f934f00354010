package io.geartrain.console.rest.internal.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFileTest {
  @TempDir Path data;

  @Test
  void shouldBeThereForItsOwnerUntilDeleted() throws IOException {
    Path path = data.resolve("node.json");
    NodeFile file = new NodeFile(path);

    file.write(7, "http://127.0.0.1:1", "2026-01-01T00:00:00Z");
    file.write(7, "http://127.0.0.1:8090", "2026-01-01T00:00:00Z");

    assertThat(Files.readString(path))
        .isEqualTo(
            "{\"pid\":7,\"url\":\"http://127.0.0.1:8090\",\"startedAt\":\"2026-01-01T00:00:00Z\"}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    file.delete();
    try (var files = Files.list(data)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void shouldPreferTheLoopbackAddress() {
    assertThat(Endpoints.choose(new String[] {"http://10.0.0.1:8090/", "http://127.0.0.1:8090/"}))
        .contains("http://127.0.0.1:8090");
    assertThat(Endpoints.choose(List.of("http://node1:80/"))).contains("http://node1:80");
    assertThat(Endpoints.choose("/")).isEmpty();
    assertThat(Endpoints.choose(null)).isEmpty();
  }
}
