package io.geartrain.cli.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
  @Test
  void shouldReadWhatPeopleWrite() {
    assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Durations.parse("30")).isEqualTo(Duration.ofSeconds(30));
    assertThat(Durations.parse("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(Durations.parse(" 2 h ")).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void shouldRefuseWhatIsNone() {
    assertThatThrownBy(() -> Durations.parse("soon")).hasMessageContaining("'soon'");
    assertThatThrownBy(() -> Durations.parse("-3s")).hasMessageContaining("'-3s'");
  }

  @Test
  void shouldWriteTwoUnits() {
    assertThat(Durations.text(Duration.ofMillis(1500))).isEqualTo("1.5 s");
    assertThat(Durations.text(Duration.ofSeconds(30))).isEqualTo("30 s");
    assertThat(Durations.text(Duration.ofSeconds(61))).isEqualTo("1 m 1 s");
    assertThat(Durations.text(Duration.ofMinutes(61))).isEqualTo("1 h 1 m");
  }
}
