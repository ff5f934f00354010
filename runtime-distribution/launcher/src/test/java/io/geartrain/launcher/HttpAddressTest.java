package io.geartrain.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpAddressTest {
  @TempDir Path conf;

  @Test
  void shouldBeTheLoopbackWithoutAnyConfiguration() throws Exception {
    assertThat(HttpAddress.read(conf, Map.of())).isEqualTo(new HttpAddress("127.0.0.1", 8090));
  }

  @Test
  void shouldReadTheFileAndLetOptionsWin() throws Exception {
    configure("${gear.http.port:-8091}");

    assertThat(HttpAddress.read(conf, Map.of()).port()).isEqualTo(8091);
    assertThat(HttpAddress.read(conf, Map.of(HttpAddress.PORT, "1234")).port()).isEqualTo(1234);
  }

  @Test
  void shouldNameFileKeyAndValueThatIsNoPort() throws Exception {
    configure("eighty");

    assertThatThrownBy(() -> HttpAddress.read(conf, Map.of()))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining(HttpAddress.FILE)
        .hasMessageContaining(HttpAddress.PORT_KEY)
        .hasMessageContaining("'eighty'");
  }

  @Test
  void shouldRefuseAPortOutOfRange() throws Exception {
    configure("65536");

    assertThatThrownBy(() -> HttpAddress.read(conf, Map.of())).hasMessageContaining("'65536'");
  }

  @Test
  void shouldSayThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      HttpAddress address = new HttpAddress("127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(() -> address.requireFree(conf))
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining("HTTP port " + taken.getLocalPort())
          .hasMessageContaining("--port N");
    }
  }

  @Test
  void shouldTakeAnyFreePort() {
    assertThatCode(() -> new HttpAddress("127.0.0.1", 0).requireFree(conf))
        .doesNotThrowAnyException();
  }

  private void configure(String port) throws Exception {
    Files.writeString(conf.resolve(HttpAddress.FILE), HttpAddress.PORT_KEY + " = " + port + "\n");
  }
}
