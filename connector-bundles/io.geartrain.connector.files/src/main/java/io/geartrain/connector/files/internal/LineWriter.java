package io.geartrain.connector.files.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.geartrain.api.MapFunction;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.SinkWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a hidden file, and gives it its name when all is on disk. Owned by the thread of its task.
 */
public final class LineWriter<T> implements SinkWriter<T> {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Path target;
  private final Path inProgress;
  private final MapFunction<? super T, String> format;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  private LineWriter(
      Path target, Path inProgress, MapFunction<? super T, String> format, FileChannel channel) {
    this.target = target;
    this.inProgress = inProgress;
    this.format = format;
    this.channel = channel;
  }

  /**
   * Begins the hidden file; one left behind by a crash is overwritten.
   *
   * @throws IOException naming the file
   */
  public static <T> LineWriter<T> open(
      Path target, ProcessorContext context, MapFunction<? super T, String> format)
      throws IOException {
    Path inProgress = InProgress.beside(target, context.applicationId(), context.processorId());
    try {
      FileChannel channel =
          FileChannel.open(
              inProgress,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      return new LineWriter<>(target, inProgress, format, channel);
    } catch (IOException e) {
      throw new IOException("output " + target + " can't be written: " + reason(e), e);
    }
  }

  @Override
  public void write(T value, long timestamp) throws Exception {
    String line = format.map(value);
    if (line == null) {
      throw new NullPointerException("no line for " + target + ": the format returned null");
    }
    try {
      put(line.getBytes(UTF_8));
      if (!buffer.hasRemaining()) {
        flush();
      }
      buffer.put((byte) '\n');
    } catch (IOException e) {
      throw new IOException("output " + target + " can't be written: " + reason(e), e);
    }
  }

  @Override
  public void finish() throws IOException {
    try {
      flush();
      channel.force(true);
      channel.close();
      Files.move(
          inProgress, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("output " + target + " can't be finished: " + reason(e), e);
    }
    syncFolder();
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      Files.deleteIfExists(inProgress);
    }
  }

  private void syncFolder() {
    try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // some file systems can't sync a folder; the file itself is on disk under one of its names
    }
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

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
