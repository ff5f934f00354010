package io.geartrain.connector.files.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.geartrain.api.Emitter;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads the lines that begin in a range of a file; a line that runs over the range's end belongs to
 * the range in which it begins. Owned by the thread of its task.
 */
public final class LineReader implements SplitReader<String> {
  static final int MAX_LINE_BYTES = 16 << 20;
  private static final int BUFFER_BYTES = 128 << 10;
  private static final long NO_EVENT_TIME = 0;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long NEWLINES = ONES * '\n';

  private final FileRange range;
  private final FileChannel channel;
  private byte[] buffer;

  /** Position in the file of the buffer's first byte. */
  private long base;

  /** Bytes in the buffer. */
  private int limit;

  /** Index in the buffer where the next line begins. */
  private int next;

  /** Whether the bytes up to the last newline found were all ASCII. */
  private boolean ascii;

  private boolean atLineStart;

  private LineReader(FileRange range, FileChannel channel, int bufferBytes) {
    this.range = range;
    this.channel = channel;
    this.buffer = new byte[bufferBytes];
    this.atLineStart = range.start() == 0;
    // one byte earlier: if it is a newline, a line begins right at the start of the range
    this.base = atLineStart ? 0 : range.start() - 1;
  }

  /**
   * Opens the file.
   *
   * @throws IOException naming the file
   */
  public static LineReader open(FileRange range) throws IOException {
    return open(range, BUFFER_BYTES);
  }

  static LineReader open(FileRange range, int bufferBytes) throws IOException {
    try {
      FileChannel channel = FileChannel.open(range.file(), StandardOpenOption.READ);
      return new LineReader(range, channel, bufferBytes);
    } catch (NoSuchFileException e) {
      throw new IOException("input file " + range.file() + " is gone", e);
    } catch (IOException e) {
      throw new IOException(
          "input file " + range.file() + " can't be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public ReadStatus poll(Emitter<String> out, int max) throws IOException {
    if (!atLineStart && !skipToLineStart()) {
      return ReadStatus.END;
    }
    for (int i = 0; i < max; i++) {
      if (base + next >= range.end()) {
        return ReadStatus.END;
      }
      int newline = findNewline();
      boolean last = newline < 0;
      int end = last ? limit : newline;
      out.emit(decode(next, end), NO_EVENT_TIME);
      next = last ? limit : newline + 1;
    }
    return ReadStatus.MORE;
  }

  /**
   * The same range, less the lines that were read: it begins where the next line begins, so that a
   * reader of it looks at the newline before.
   */
  @Override
  public SourceSplit remaining() {
    if (!atLineStart) {
      return range.toSplit();
    }
    return range.from(Math.min(base + next, range.end())).toSplit();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Drops the line that begins before the range; false if it goes on beyond the range. */
  private boolean skipToLineStart() throws IOException {
    while (base < range.end()) {
      next = 0;
      limit = 0;
      if (!fill()) {
        return false;
      }
      int newline = scan(0);
      if (newline >= 0) {
        next = newline + 1;
        atLineStart = true;
        return base + next < range.end();
      }
      base += limit;
    }
    return false;
  }

  /** Index of the newline that ends the line at {@link #next}, reading on; -1 if the file ends. */
  private int findNewline() throws IOException {
    ascii = true;
    int from = next;
    while (true) {
      int newline = scan(from);
      int length = (newline < 0 ? limit : newline) - next;
      if (length > MAX_LINE_BYTES) {
        throw new IOException(
            "the line that begins at byte %d of %s is longer than %d MB; is it a text file?"
                .formatted(base + next, range.file(), MAX_LINE_BYTES >> 20));
      }
      if (newline >= 0 || !fill()) {
        return newline;
      }
      from = next + length;
    }
  }

  /** Searches the buffer for a newline, eight bytes at a time; notes bytes that are not ASCII. */
  private int scan(int from) {
    byte[] bytes = buffer;
    int end = limit;
    int i = from;
    long seen = 0;
    for (; i + 8 <= end; i += 8) {
      long word = (long) LONGS.get(bytes, i);
      long difference = word ^ NEWLINES;
      long hit = (difference - ONES) & ~difference & HIGH_BITS;
      if (hit != 0) {
        int bits = Long.numberOfTrailingZeros(hit) - 7;
        seen |= word & ((1L << bits) - 1);
        ascii &= (seen & HIGH_BITS) == 0;
        return i + (bits >> 3);
      }
      seen |= word;
    }
    for (; i < end; i++) {
      if (bytes[i] == '\n') {
        break;
      }
      seen |= bytes[i] & 0x80;
    }
    ascii &= (seen & HIGH_BITS) == 0;
    return i < end ? i : -1;
  }

  /** Reads on behind what is in the buffer, making room first; false at the end of the file. */
  private boolean fill() throws IOException {
    if (base + limit >= range.fileSize()) {
      return false;
    }
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, limit - next);
      base += next;
      limit -= next;
      next = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    long left = range.fileSize() - base - limit;
    int room = (int) Math.min(buffer.length - limit, left);
    int read = channel.read(ByteBuffer.wrap(buffer, limit, room), base + limit);
    if (read < 0) {
      throw new IOException(
          "input file %s has shrunk while it was read: it had %d bytes at submission, now %d"
              .formatted(range.file(), range.fileSize(), channel.size()));
    }
    limit += read;
    return true;
  }

  private String decode(int from, int to) throws IOException {
    int end = to > from && to < limit && buffer[to - 1] == '\r' ? to - 1 : to;
    if (ascii) {
      return new String(buffer, from, end - from, ISO_8859_1);
    }
    int bad = Utf8.firstBad(buffer, from, end);
    if (bad >= 0) {
      throw new IOException(
          "byte %d of %s is not UTF-8 (0x%02X; bytes count from 0); convert the file to UTF-8 first"
              .formatted(base + bad, range.file(), buffer[bad]));
    }
    return new String(buffer, from, end - from, UTF_8);
  }
}
