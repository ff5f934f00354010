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
import java.nio.file.StandardOpenOption;
import java.util.Collection;

/**
 * Writes a hidden file, which gets its name by {@link PreparedFile}. Owned by the thread of its
 * task.
 */
public final class LineWriter<T> implements SinkWriter<T> {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Path target;
  private final Path inProgress;
  private final MapFunction<? super T, String> format;
  private final FileChannel channel;
  private boolean needed;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  private LineWriter(
      Path target, Path inProgress, MapFunction<? super T, String> format, FileChannel channel)
      throws IOException {
    this.target = target;
    this.inProgress = inProgress;
    this.format = format;
    this.channel = channel;
    this.needed = channel.position() > 0;
  }

  /**
   * Sets the hidden file back to a checkpoint, or deletes it if there is nothing of it there.
   *
   * @param target name of the finished file
   * @param safe what the checkpoint holds of the sink
   */
  public static void goBack(Path target, ProcessorContext context, Collection<PreparedFile> safe)
      throws IOException {
    Path inProgress = InProgress.beside(target, context.applicationId(), context.processorId());
    for (PreparedFile file : safe) {
      if (file.target().equals(target)) {
        if (!file.finished()) {
          file.goBack(inProgress);
        }
        return;
      }
    }
    Files.deleteIfExists(inProgress);
  }

  /**
   * Begins the hidden file, or goes on with what {@link #goBack} has left.
   *
   * @throws IOException naming the file
   */
  public static <T> LineWriter<T> open(
      Path target, ProcessorContext context, MapFunction<? super T, String> format)
      throws IOException {
    Path inProgress = InProgress.beside(target, context.applicationId(), context.processorId());
    try {
      FileChannel channel =
          FileChannel.open(inProgress, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.position(channel.size());
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
  public String prepare(long checkpointId) throws IOException {
    try {
      return ready(false);
    } catch (IOException e) {
      throw new IOException("output " + target + " can't be written: " + reason(e), e);
    }
  }

  @Override
  public String finish() throws IOException {
    try {
      String prepared = ready(true);
      channel.close();
      return prepared;
    } catch (IOException e) {
      throw new IOException("output " + target + " can't be finished: " + reason(e), e);
    }
  }

  /** Brings to disk what was written; from now on a checkpoint may need the file. */
  private String ready(boolean finished) throws IOException {
    flush();
    channel.force(true);
    needed = true;
    return new PreparedFile(finished, channel.position(), inProgress, target).toText();
  }

  /** Deletes the hidden file, unless a checkpoint may need it. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      if (!needed) {
        Files.deleteIfExists(inProgress);
      }
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
