package io.geartrain.cli.internal.term;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void shouldAlignByColumnsOfTheTerminal() {
    Table table = new Table("WORD", "COUNT>");
    table.row("日本", 1).row("größe", 12345).row("e\u0301t\u00e9", null).row("a\u001b[2Jb", "");

    assertThat(table.lines())
        .containsExactly(
            "WORD    COUNT",
            "日本        1",
            "größe   12345",
            "e\u0301t\u00e9         –",
            "a [2Jb      –");
  }

  @Test
  void shouldCutToColumns() {
    assertThat(TextWidth.cut("abcdef", 6)).isEqualTo("abcdef");
    assertThat(TextWidth.cut("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(TextWidth.cut("日本語です", 6)).isEqualTo("日本…");
    assertThat(TextWidth.of("😀")).isEqualTo(2);
  }

  @Test
  void shouldShortenNumbers() {
    assertThat(Text.shortCount(0)).isEqualTo("0");
    assertThat(Text.shortCount(3.25)).isEqualTo("3.3");
    assertThat(Text.shortCount(52_100)).isEqualTo("52.1k");
    assertThat(Text.shortCount(2.5e6)).isEqualTo("2.5M");
    assertThat(Text.bytes(1_234_567)).isEqualTo("1.2 MB");
    assertThat(Text.bytes(512)).isEqualTo("512 B");
  }
}
