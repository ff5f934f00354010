package io.geartrain.connector.files.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.Emitter;
import io.geartrain.api.ReadStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
  @TempDir Path folder;

  @Test
  void shouldReadEachLineOnceHoweverTheFileIsCut() throws Exception {
    for (long seed = 0; seed < 1_500; seed++) {
      Random random = new Random(seed);
      List<String> lines = new ArrayList<>();
      Path file = write(randomText(random, lines));
      long splitBytes = 1 + random.nextInt(1 + (int) Files.size(file));

      List<String> read = new ArrayList<>();
      for (FileRange range : FileSplits.of(List.of(file.toString()), splitBytes)) {
        read.addAll(read(range, 8 + random.nextInt(40), 1 + random.nextInt(5)));
      }

      assertThat(read).as("seed %d, splits of %d", seed, splitBytes).isEqualTo(lines);
    }
  }

  @Test
  void shouldKnowUtf8AsTheJdkDoes() {
    for (long seed = 0; seed < 200_000; seed++) {
      byte[] bytes = new byte[1 + (int) (seed % 6)];
      Random random = new Random(seed);
      byte[] likely = {'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xE0, (byte) 0xA0, (byte) 0x80};
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextBoolean() ? likely[random.nextInt(6)] : (byte) random.nextInt();
      }

      assertThat(Utf8.firstBad(bytes, 0, bytes.length))
          .as("%s", Arrays.toString(bytes))
          .isEqualTo(firstBadByJdk(bytes));
    }
  }

  @Test
  void shouldNameTheFirstByteThatIsNotUtf8() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("ein schöner\r\nTag".getBytes(UTF_8));
    bytes.write(0xFF);
    bytes.write("\nund mehr".getBytes(UTF_8));
    Path file = write(bytes.toByteArray());

    assertThatThrownBy(() -> read(whole(file), 64, 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("byte 17 of " + file + " is not UTF-8 (0xFF");
  }

  @Test
  void shouldFindTheBadByteFarInTheFile() throws Exception {
    byte[] bytes = "a line of text\n".repeat(20_000).getBytes(US_ASCII);
    bytes[200_003] = (byte) 0xC3;
    Path file = write(bytes);

    for (long splitBytes : new long[] {1 << 20, 4_096}) {
      assertThatThrownBy(
              () -> {
                for (FileRange range : FileSplits.of(List.of(file.toString()), splitBytes)) {
                  read(range, 1_000, 100);
                }
              })
          .hasMessageContaining("byte 200003 of " + file);
    }
  }

  @Test
  void shouldNoticeThatTheFileHasShrunk() throws Exception {
    Path file = write("one\ntwo\nthree\n".getBytes(US_ASCII));
    FileRange range = whole(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(6);
    }

    assertThatThrownBy(() -> read(range, 8, 10))
        .hasMessage(
            "input file %s has shrunk while it was read: it had 14 bytes at submission, now 6",
            file);
  }

  @Test
  void shouldNotReadWhatWasAppendedSince() throws Exception {
    Path file = write("one\ntwo".getBytes(US_ASCII));
    FileRange range = whole(file);
    Files.writeString(file, " and a half\nthree", StandardOpenOption.APPEND);

    assertThat(read(range, 8, 10)).containsExactly("one", "two");
  }

  @Test
  void shouldSayWhereAnEndlessLineBegins() throws Exception {
    byte[] bytes = new byte[LineReader.MAX_LINE_BYTES + 20];
    Arrays.fill(bytes, (byte) 'x');
    bytes[9] = '\n';
    Path file = write(bytes);

    assertThatThrownBy(() -> read(whole(file), 4_096, 10))
        .hasMessageContaining("begins at byte 10 of " + file)
        .hasMessageContaining("longer than 16 MB");
  }

  @Test
  void shouldReadALineAsLongAsAllowed() throws Exception {
    byte[] bytes = new byte[LineReader.MAX_LINE_BYTES + 1];
    Arrays.fill(bytes, (byte) 'x');
    bytes[LineReader.MAX_LINE_BYTES] = '\n';
    Path file = write(bytes);

    List<String> lines = read(whole(file), 4_096, 10);

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).hasSize(LineReader.MAX_LINE_BYTES);
  }

  @Test
  void shouldSayThatTheFileIsGone() {
    assertThatThrownBy(() -> LineReader.open(new FileRange(folder.resolve("no.txt"), 0, 1, 1)))
        .hasMessage("input file " + folder.resolve("no.txt") + " is gone");
  }

  private FileRange whole(Path file) throws IOException {
    return FileSplits.of(List.of(file.toString()), Long.MAX_VALUE).get(0);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("text.txt"), bytes);
  }

  private static List<String> read(FileRange range, int bufferBytes, int max) throws IOException {
    List<String> lines = new ArrayList<>();
    Emitter<String> out =
        new Emitter<>() {
          @Override
          public void emit(String value) {
            throw new AssertionError("a line needs a timestamp");
          }

          @Override
          public void emit(String value, long timestamp) {
            lines.add(value);
          }
        };
    FileRange travelled = FileRange.of(range.toSplit());
    try (LineReader reader = LineReader.open(travelled, bufferBytes)) {
      ReadStatus status = ReadStatus.MORE;
      while (status.equals(ReadStatus.MORE)) {
        int before = lines.size();
        status = reader.poll(out, max);
        assertThat(lines.size() - before).isLessThanOrEqualTo(max);
      }
      assertThat(status).isEqualTo(ReadStatus.END);
    }
    return lines;
  }

  private static byte[] randomText(Random random, List<String> lines) {
    String[] pieces = {"a", "word", " ", "é", "€", "𝄞", "\r", "\u0085", "\u2028", "longer text"};
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      StringBuilder line = new StringBuilder();
      for (int k = random.nextInt(12); k > 0; k--) {
        line.append(pieces[random.nextInt(pieces.length)]);
      }
      boolean last = i == count - 1;
      if (last && random.nextBoolean()) {
        if (!line.isEmpty()) {
          lines.add(line.toString());
        }
        text.append(line);
      } else {
        String crlfPart = line.toString();
        boolean crlf = random.nextBoolean();
        if (!crlf && crlfPart.endsWith("\r")) {
          crlfPart = crlfPart.substring(0, crlfPart.length() - 1);
        }
        lines.add(crlfPart);
        text.append(line).append(crlf ? "\r\n" : "\n");
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  private static int firstBadByJdk(byte[] bytes) {
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      decoder.decode(in);
      return -1;
    } catch (CharacterCodingException e) {
      return in.position();
    }
  }
}
