package io.geartrain.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.cli.internal.command.TopWords.WordCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopWordsTest {
  @TempDir Path folder;

  @Test
  void shouldOrderByCountThenByWord() throws IOException {
    TopWords words = TopWords.of(file("b\t2\na\t2\nz\t9\nc\t2\nd\t1\n"), 3);

    assertThat(words.top())
        .containsExactly(new WordCount("z", 9), new WordCount("a", 2), new WordCount("b", 2));
    assertThat(words.words()).isEqualTo(16);
    assertThat(words.distinct()).isEqualTo(5);
  }

  @Test
  void shouldTakeAnEmptyFileAndALimitOfNothing() throws IOException {
    assertThat(TopWords.of(file(""), 20).top()).isEmpty();
    assertThat(TopWords.of(file("a\t1\n"), 0)).isEqualTo(new TopWords(List.of(), 1, 1));
  }

  @Test
  void shouldNameTheLineThatIsWrong() throws IOException {
    Path file = file("a\t1\nbad\n");

    assertThatThrownBy(() -> TopWords.of(file, 20)).hasMessageContaining(file + ", line 2");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("words.tsv"), content);
  }
}
