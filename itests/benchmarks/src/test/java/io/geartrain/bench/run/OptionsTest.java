package io.geartrain.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Options parse(String... args) {
    return Options.parse(List.of(args), Path.of("a"), Path.of("b"), Path.of("c"));
  }

  @Test
  void shouldRunAllWorkloadsFiveTimes() {
    Options options = parse();

    assertThat(options.pairs()).isEqualTo(5);
    assertThat(options.workloads()).contains("W1", "W1c", "W2", "W3", "W4/200k", "W6/50");
    assertThat(options.table()).isNull();
  }

  @Test
  void shouldTakeNamesAndOptions() {
    Options options = parse("--quick", "--table", "--jvm", "-Xmx1g", "W6");

    assertThat(options.pairs()).isEqualTo(3);
    assertThat(options.workloads()).containsExactly("W6/1", "W6/5", "W6/50", "W6/10M");
    assertThat(options.jvm()).isEqualTo("-Xmx1g");
    assertThat(options.table()).isEqualTo(Path.of("c"));
  }

  @Test
  void shouldTakeALine() {
    assertThat(parse("W4/50k", "W1").workloads()).containsExactly("W4/50k", "W1");
  }

  @Test
  void shouldRefuseUnknownNames() {
    assertThatThrownBy(() -> parse("W7")).hasMessageContaining("'W7'").hasMessageContaining("W1c");
    assertThatThrownBy(() -> parse("--jvm")).hasMessageContaining("--jvm");
  }
}
