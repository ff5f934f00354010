package io.geartrain.connector.files.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.SourceSplit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemainingTest {
  @TempDir Path folder;

  @Test
  void shouldGoOnAnywhereWithoutLossOrRepetition() throws Exception {
    for (String text : List.of("", "a", "a\n", "a\nbb\n\nccc", "\n\n\n", "grün\r\nblau\nx\n")) {
      Path file = Files.writeString(folder.resolve("in.txt"), text);
      long size = Files.size(file);
      for (long cut = 0; cut <= size; cut++) {
        List<String> lines = new ArrayList<>();
        readAlwaysAnew(new FileRange(file, 0, cut, size), lines);
        readAlwaysAnew(new FileRange(file, cut, size, size), lines);

        assertThat(lines).as("cut at %d", cut).isEqualTo(text.lines().toList());
      }
    }
  }

  /** One line from each reader, the next opened with what that one left. */
  private static void readAlwaysAnew(FileRange range, List<String> lines) throws Exception {
    SourceSplit split = range.toSplit();
    ReadStatus status = ReadStatus.MORE;
    while (!(status instanceof ReadStatus.End)) {
      try (LineReader reader = LineReader.open(FileRange.of(split))) {
        status = reader.poll(into(lines), 1);
        SourceSplit left = reader.remaining();
        assertThat(left.id()).isEqualTo(split.id());
        split = left;
      }
    }
  }

  private static Emitter<String> into(List<String> lines) {
    return new Emitter<>() {
      @Override
      public void emit(String line) {
        lines.add(line);
      }

      @Override
      public void emit(String line, long timestamp) {
        lines.add(line);
      }
    };
  }
}
