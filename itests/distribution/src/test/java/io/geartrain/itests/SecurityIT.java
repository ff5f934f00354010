package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who may do what; speaks HTTP by hand where a client would not let it lie. */
class SecurityIT extends SharedNode {
  private static final Pattern CODE = Pattern.compile("/ui\\?code=([A-Za-z0-9_-]+)");

  @Test
  void shouldAnswerNobodyWithoutAToken() throws Exception {
    for (String path :
        List.of(
            "/api/v1/apps",
            "/api/v1/bundles",
            "/api/v1/cluster",
            "/api/v1/nodes",
            "/api/v1/schedulers",
            "/api/v1/events",
            "/api/v1/openapi.yaml",
            "/api/v1/no/such/route")) {
      assertThat(Rest.anonymous(distribution.port()).status(path)).as(path).isEqualTo(401);
      assertThat(Rest.withToken(distribution.port(), "wrong").status(path)).as(path).isEqualTo(401);
    }
    assertThat(Rest.anonymous(distribution.port()).status("/api/v1/health/live")).isEqualTo(200);
    assertThat(Rest.anonymous(distribution.port()).status("/system/console/bundles"))
        .isNotEqualTo(200);
  }

  @Test
  void shouldTellTheCommandLineThatItsTokenIsWrong() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong-token"), "nonsense");
    Distribution.Result result = distribution.gear("apps", "--token-file", wrong.toString());
    assertThat(result.status()).isEqualTo(4);
    assertThat(result.err()).contains("token");
    assertThat(distribution.gear("apps", "--token-file", "/no/such/token").status()).isNotZero();
  }

  @Test
  void shouldRefuseForeignHosts() throws Exception {
    String request =
        "GET /api/v1/apps HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer "
            + distribution.token()
            + "\r\nConnection: close\r\n\r\n";
    assertThat(raw(request)).doesNotStartWith("HTTP/1.1 200");
    assertThat(raw(request.replace("evil.example", "127.0.0.1:" + distribution.port())))
        .startsWith("HTTP/1.1 200");
    assertThat(raw(request.replace("/api/v1/apps", "/system/console/bundles")))
        .doesNotStartWith("HTTP/1.1 200");
  }

  @Test
  void shouldRefuseOtherPagesToDeploy() throws Exception {
    for (String path : List.of("/api/v1/bundles", "/system/console/bundles", "/api/v1/apps")) {
      String request =
          ("POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://evil.example\r\n"
                  + "Authorization: Bearer %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
              .formatted(path, distribution.port(), distribution.token());
      assertThat(raw(request)).as(path).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void shouldTakeALoginCodeOnce() throws Exception {
    Matcher code = CODE.matcher(distribution.gear("console").expect(0).out());
    assertThat(code.find()).isTrue();
    String request =
        "GET /ui?code="
            + code.group(1)
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + distribution.port()
            + "\r\nConnection: close\r\n\r\n";

    String first = raw(request);
    String second = raw(request);

    assertThat(first).containsIgnoringCase("Set-Cookie: gear-session=").contains("HttpOnly");
    assertThat(first).containsIgnoringCase("SameSite=Strict");
    assertThat(second).doesNotContainIgnoringCase("Set-Cookie: gear-session=");
    Matcher cookie = Pattern.compile("gear-session=[^;]+").matcher(first);
    assertThat(cookie.find()).isTrue();
    for (String path : List.of("/api/v1/apps", "/ui/", "/system/console/bundles")) {
      String answer =
          raw(
              "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nConnection: close\r\n\r\n"
                  .formatted(path, distribution.port(), cookie.group()));
      assertThat(answer).as(path).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void shouldHaveNoDefaultPassword() throws Exception {
    String answer =
        raw(
            "GET /system/console/bundles HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Basic %s\r\nConnection: close\r\n\r\n"
                .formatted(
                    distribution.port(),
                    java.util.Base64.getEncoder()
                        .encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8))));
    assertThat(answer).doesNotStartWith("HTTP/1.1 200");
  }

  @Test
  void shouldShowThePagesOfTheFrameworkAndTheGeartrainTab() throws Exception {
    for (String page : List.of("bundles", "components", "configMgr", "geartrain")) {
      String answer =
          raw(
              "GET /system/console/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                  .formatted(page, distribution.port(), distribution.token()));
      assertThat(answer).as(page).startsWith("HTTP/1.1 200").contains("Geartrain");
    }
  }

  @Test
  void shouldListenOnLoopbackOnly() throws Exception {
    Process ss = new ProcessBuilder("sh", "-c", "cat /proc/" + node.pid() + "/net/tcp*").start();
    String sockets = new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String port = ":%04X ".formatted(distribution.port());
    assertThat(sockets.lines().filter(l -> l.contains(port) && l.contains(" 0A ")))
        .isNotEmpty()
        .allMatch(l -> l.contains("0100007F:"));
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), distribution.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
