package io.geartrain.connector.files.internal;

import io.geartrain.api.MapFunction;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.SinkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a hidden file from one checkpoint to the next, which gets its name by {@link PartFile}.
 * Owned by the thread of its task.
 */
final class PartWriter<T> implements SinkWriter<T> {
  private final Path folder;
  private final PartName next;
  private final Path inProgress;
  private final MapFunction<? super T, String> format;

  /** Null as long as nothing is to be written. */
  private LineFile lines;

  PartWriter(Path folder, ProcessorContext context, MapFunction<? super T, String> format) {
    this.folder = folder;
    this.next = PartName.next(context);
    this.inProgress = folder.resolve(next.hidden());
    this.format = format;
  }

  @Override
  public void write(T value, long timestamp) throws Exception {
    String line = format.map(value);
    if (line == null) {
      throw new NullPointerException("no line for " + folder + ": the format returned null");
    }
    try {
      if (lines == null) {
        lines = LineFile.create(inProgress);
      }
      lines.write(line);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public String prepare(long checkpointId) throws IOException {
    return close(next.closedBy(checkpointId));
  }

  @Override
  public String finish() throws IOException {
    return close(next.closedByEnd());
  }

  private String close(PartName name) throws IOException {
    if (lines == null) {
      return null;
    }
    try {
      long length = lines.force();
      lines.close();
      Files.move(inProgress, folder.resolve(name.hidden()), StandardCopyOption.ATOMIC_MOVE);
      lines = null;
      OutputFolder.sync(folder);
      return new PartFile(length, folder, name).toText();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private IOException unwritable(IOException e) {
    return new IOException(
        "output folder "
            + folder
            + " can't be written: "
            + LineFile.reason(e)
            + "; see that it exists, is writable and has room",
        e);
  }

  /** Deletes what no checkpoint has closed. */
  @Override
  public void close() throws IOException {
    if (lines != null) {
      try {
        lines.close();
      } finally {
        Files.deleteIfExists(inProgress);
      }
    }
  }
}
