package io.geartrain.connector.files.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of lines that is being written, behind a buffer. One thread. */
final class LineFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  private LineFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Begins a file, or goes on at the end of one. */
  static LineFile goOn(Path file) throws IOException {
    LineFile lines = open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lines.channel.position(lines.channel.size());
    return lines;
  }

  /** Begins a file that is not there. */
  static LineFile create(Path file) throws IOException {
    return open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static LineFile open(Path file, OpenOption... options) throws IOException {
    return new LineFile(FileChannel.open(file, options));
  }

  /** Writes a line, and ends it. */
  void write(String line) throws IOException {
    put(line.getBytes(UTF_8));
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put((byte) '\n');
  }

  /** Brings all to disk; the length in bytes. */
  long force() throws IOException {
    flush();
    channel.force(true);
    return channel.position();
  }

  /** Whether there is nothing in the file, but perhaps in the buffer. */
  boolean isEmpty() throws IOException {
    return channel.position() == 0;
  }

  /** Drops what is in the buffer. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void put(byte[] bytes) throws IOException {
    if (bytes.length > buffer.remaining()) {
      flush();
    }
    if (bytes.length > buffer.remaining()) {
      drain(ByteBuffer.wrap(bytes));
    } else {
      buffer.put(bytes);
    }
  }

  private void flush() throws IOException {
    drain(buffer.flip());
    buffer.clear();
  }

  private void drain(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** What to say of an exception, whose own text often is the path alone. */
  static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
