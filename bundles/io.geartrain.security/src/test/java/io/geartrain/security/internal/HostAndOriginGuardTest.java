package io.geartrain.security.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.security.RequestGuard.Refusal;
import io.geartrain.security.RequestGuard.RequestOrigin;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndOriginGuardTest {
  private final HostAndOriginGuard guard =
      new HostAndOriginGuard(List.of("node1.example", "proxy.example:443"));

  private Optional<String> code(String method, String host, String origin, String site) {
    return guard
        .check(new RequestOrigin(method, "http", host, "10.0.0.7", 8090, origin, site))
        .map(Refusal::code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:8090",
        "localhost:8090",
        "LOCALHOST:8090",
        "[::1]:8090",
        "10.0.0.7:8090",
        "node1.example:8090",
        "proxy.example:443"
      })
  void shouldLetOwnHostsPass(String host) {
    assertThat(code("GET", host, null, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8090",
        "127.0.0.1",
        "127.0.0.1:8091",
        "10.0.0.8:8090",
        "localhost.:8090",
        "localhost:8090.evil.example",
        "proxy.example",
        ":8090",
        "",
        "[::1]"
      })
  void shouldRefuseOtherHosts(String host) {
    assertThat(code("GET", host, null, null)).contains("bad-host");
  }

  @Test
  void shouldRefuseARequestWithoutHost() {
    assertThat(code("GET", null, null, null)).contains("bad-host");
  }

  @Test
  void shouldLetAHostWithoutPortPassOnTheDefaultPort() {
    assertThat(guard.check(new RequestOrigin("GET", "http", "localhost", "::1", 80, null, null)))
        .isEmpty();
  }

  @Test
  void shouldLetOwnOriginAndNonBrowsersChangeThings() {
    String host = "127.0.0.1:8090";

    assertThat(code("POST", host, "http://127.0.0.1:8090", "same-origin")).isEmpty();
    assertThat(code("POST", host, null, null)).isEmpty();
    assertThat(code("DELETE", host, null, "none")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "http://evil.example",
        "http://127.0.0.1:9999",
        "https://127.0.0.1:8090",
        "http://localhost:8090"
      })
  void shouldRefuseUnsafeRequestsOfOtherOrigins(String origin) {
    assertThat(code("POST", "127.0.0.1:8090", origin, null)).contains("bad-origin");
    assertThat(code("GET", "127.0.0.1:8090", origin, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void shouldRefuseUnsafeRequestsOfOtherSites(String site) {
    assertThat(code("PUT", "127.0.0.1:8090", null, site)).contains("bad-origin");
  }

  @Test
  void shouldShowAForeignHostWithoutControlCharacters() {
    Refusal refusal =
        guard
            .check(new RequestOrigin("GET", "http", "evil\r\nX: y", "127.0.0.1", 8090, null, null))
            .orElseThrow();

    assertThat(refusal.detail()).doesNotContain("\n").contains("evil??X:?y");
  }
}
