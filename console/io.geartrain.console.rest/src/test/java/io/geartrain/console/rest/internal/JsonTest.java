package io.geartrain.console.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  record Form(String bundle, Map<String, String> settings) {}

  private final Json json = new Json();

  private Form read(String text) {
    return json.read(text.getBytes(StandardCharsets.UTF_8), Form.class);
  }

  @Test
  void shouldReadAnObject() {
    assertThat(read("{\"bundle\":\"b\",\"settings\":{\"k\":\"v\"}}"))
        .isEqualTo(new Form("b", Map.of("k", "v")));
  }

  @Test
  void shouldNameAnUnknownField() {
    assertThatThrownBy(() -> read("{\"bundel\":\"b\"}"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("'bundel'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{",
        "[]",
        "\"x\"",
        "{\"bundle\":\"a\",\"bundle\":\"b\"}",
        "{\"bundle\":\"b\"} x",
        "{\"settings\":{\"k\":{}}}"
      })
  void shouldRefuseAnythingElse(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(Problem.class);
  }

  @Test
  void shouldRefuseDeepNesting() {
    assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(Problem.class);
  }
}
