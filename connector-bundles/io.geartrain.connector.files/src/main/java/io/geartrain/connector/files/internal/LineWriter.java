package io.geartrain.connector.files.internal;

import io.geartrain.api.MapFunction;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.SinkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Writes a hidden file, which gets its name by {@link PreparedFile}. Owned by the thread of its
 * task.
 */
final class LineWriter<T> implements SinkWriter<T> {
  private final Path target;
  private final Path inProgress;
  private final MapFunction<? super T, String> format;
  private final LineFile lines;
  private boolean needed;

  private LineWriter(
      Path target, Path inProgress, MapFunction<? super T, String> format, LineFile lines)
      throws IOException {
    this.target = target;
    this.inProgress = inProgress;
    this.format = format;
    this.lines = lines;
    this.needed = !lines.isEmpty();
  }

  /**
   * Sets the hidden file back to a checkpoint, or deletes it if there is nothing of it there.
   *
   * @param target name of the finished file
   * @param safe what the checkpoint holds of the sink: of this file more than once, if checkpoints
   *     before it were given up
   */
  static void goBack(Path target, ProcessorContext context, Collection<PreparedFile> safe)
      throws IOException {
    Path inProgress = InProgress.beside(target, context.applicationId(), context.processorId());
    List<PreparedFile> own = safe.stream().filter(file -> file.target().equals(target)).toList();
    if (own.stream().anyMatch(PreparedFile::finished)) {
      return;
    }
    Optional<PreparedFile> last = own.stream().max(Comparator.comparingLong(PreparedFile::length));
    if (last.isPresent()) {
      last.get().goBack(inProgress);
      return;
    }
    Files.deleteIfExists(inProgress);
  }

  /**
   * Begins the hidden file, or goes on with what {@link #goBack} has left.
   *
   * @throws IOException naming the file
   */
  static <T> LineWriter<T> open(
      Path target, ProcessorContext context, MapFunction<? super T, String> format)
      throws IOException {
    Path inProgress = InProgress.beside(target, context.applicationId(), context.processorId());
    try {
      return new LineWriter<>(target, inProgress, format, LineFile.goOn(inProgress));
    } catch (IOException e) {
      throw new IOException("output " + target + " can't be written: " + LineFile.reason(e), e);
    }
  }

  @Override
  public void write(T value, long timestamp) throws Exception {
    String line = format.map(value);
    if (line == null) {
      throw new NullPointerException("no line for " + target + ": the format returned null");
    }
    try {
      lines.write(line);
    } catch (IOException e) {
      throw new IOException("output " + target + " can't be written: " + LineFile.reason(e), e);
    }
  }

  @Override
  public String prepare(long checkpointId) throws IOException {
    try {
      return ready(false);
    } catch (IOException e) {
      throw new IOException("output " + target + " can't be written: " + LineFile.reason(e), e);
    }
  }

  @Override
  public String finish() throws IOException {
    try {
      String prepared = ready(true);
      lines.close();
      return prepared;
    } catch (IOException e) {
      throw new IOException("output " + target + " can't be finished: " + LineFile.reason(e), e);
    }
  }

  /** Brings to disk what was written; from now on a checkpoint may need the file. */
  private String ready(boolean finished) throws IOException {
    long length = lines.force();
    if (!needed) {
      OutputFolder.sync(inProgress.getParent());
      needed = true;
    }
    return new PreparedFile(finished, length, inProgress, target).toText();
  }

  /** Deletes the hidden file, unless a checkpoint may need it. */
  @Override
  public void close() throws IOException {
    try {
      lines.close();
    } finally {
      if (!needed) {
        Files.deleteIfExists(inProgress);
      }
    }
  }
}
