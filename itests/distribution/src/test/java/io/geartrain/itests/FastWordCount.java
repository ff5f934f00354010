package io.geartrain.itests;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts words as fast as one plain thread can without tricks: chunks of bytes, a fast path for
 * ASCII, a hash map with counters that change in place. The yardstick for the speed of an
 * application; as a program it prints words, seconds and words per second, and writes the counts.
 */
final class FastWordCount {
  private static final int CHUNK_BYTES = 1 << 20;

  private final Map<String, long[]> counts = new HashMap<>();
  private final byte[] lower = new byte[128];
  private byte[] word = new byte[256];
  private int length;
  private boolean ascii = true;
  private long words;

  private FastWordCount() {
    for (int c = 0; c < lower.length; c++) {
      lower[c] = (byte) (Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0);
    }
  }

  /** Arguments: a text in UTF-8, and a file for {@code word<TAB>count} lines. */
  public static void main(String[] args) throws IOException {
    long startNanos = System.nanoTime();
    FastWordCount count = new FastWordCount();
    count.read(Path.of(args[0]));
    count.write(Path.of(args[1]));
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(Locale.ROOT, "%.0f%n", count.words / seconds);
  }

  private void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Map.Entry<String, long[]> entry : counts.entrySet()) {
        out.write(entry.getKey() + "\t" + entry.getValue()[0] + "\n");
      }
    }
  }

  private void read(Path file) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(chunk.clear()) >= 0) {
        add(chunk.array(), chunk.position());
      }
    }
    end();
  }

  private void add(byte[] bytes, int limit) {
    for (int i = 0; i < limit; i++) {
      byte b = bytes[i];
      if (b < 0) {
        ascii = false;
        append(b);
      } else if (lower[b] != 0) {
        append(ascii ? lower[b] : b);
      } else if (length > 0) {
        end();
      }
    }
  }

  private void append(byte b) {
    if (length == word.length) {
      word = Arrays.copyOf(word, 2 * length);
    }
    word[length++] = b;
  }

  /** What lies between two ASCII separators has ended; beyond ASCII it may be several words. */
  private void end() {
    if (length == 0) {
      return;
    }
    if (ascii) {
      one(new String(word, 0, length, StandardCharsets.ISO_8859_1));
    } else {
      several(new String(word, 0, length, StandardCharsets.UTF_8));
    }
    length = 0;
    ascii = true;
  }

  private void several(String text) {
    int start = -1;
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      if (isPartOfWord(point)) {
        start = start < 0 ? i : start;
      } else if (start >= 0) {
        one(text.substring(start, i).toLowerCase(Locale.ROOT));
        start = -1;
      }
      i += Character.charCount(point);
    }
    if (start >= 0) {
      one(text.substring(start).toLowerCase(Locale.ROOT));
    }
  }

  private void one(String found) {
    words++;
    long[] counter = counts.get(found);
    if (counter == null) {
      counts.put(found, new long[] {1});
    } else {
      counter[0]++;
    }
  }

  private static boolean isPartOfWord(int point) {
    return switch (Character.getType(point)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          true;
      default -> false;
    };
  }
}
