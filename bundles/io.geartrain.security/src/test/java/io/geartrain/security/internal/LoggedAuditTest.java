package io.geartrain.security.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoggedAuditTest {
  @Test
  void shouldNotLetARequestForgeALine() {
    assertThat(LoggedAudit.clean("/a\nrefused\r\u2028x")).isEqualTo("/a?refused??x");
    assertThat(LoggedAudit.clean(null)).isEqualTo("-");
    assertThat(LoggedAudit.clean("x".repeat(500))).hasSize(201);
  }
}
