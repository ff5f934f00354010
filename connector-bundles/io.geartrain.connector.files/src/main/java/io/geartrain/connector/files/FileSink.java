package io.geartrain.connector.files;

import io.geartrain.api.MapFunction;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.connector.files.internal.LineWriter;
import io.geartrain.connector.files.internal.PreparedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes a UTF-8 text file, a line for each record, ended by {@code \n}. The file appears as a
 * whole when the input has ended, in place of one that was there; until then a hidden file grows
 * beside it, and goes away if the application fails or is cancelled, unless a checkpoint needs it.
 *
 * <p>One task writes, unless the application gives the sink a greater parallelism: of {@code n}
 * tasks, task {@code i} writes {@code path-i-of-n}, each whole or not at all. Immutable.
 *
 * @param <T> type of the records
 */
public final class FileSink<T> implements Sink<T> {
  private final Path path;
  private final MapFunction<? super T, String> format;

  private FileSink(String path, MapFunction<? super T, String> format) {
    this.path = Path.of(path).toAbsolutePath().normalize();
    this.format = format;
  }

  /**
   * Writes each record as its {@code toString}.
   *
   * @param path the file; its folder exists. Absolute, for a relative path starts at the node's own
   *     folder
   */
  public static FileSink<Object> lines(String path) {
    return new FileSink<>(path, Object::toString);
  }

  /**
   * Writes each record as a function of one's own tells.
   *
   * @param path the file, as in {@link #lines}
   * @param format makes the line, without its end
   */
  public static <T> FileSink<T> of(String path, MapFunction<? super T, String> format) {
    return new FileSink<>(path, format);
  }

  /**
   * Checks that the file can be written.
   *
   * @throws IOException if the folder is missing or not writable, or the path is something else
   *     than a regular file
   */
  @Override
  public void validate() throws IOException {
    Path folder = path.getParent();
    if (folder == null || Files.isDirectory(path)) {
      throw new IOException("output " + path + " is a folder; give the path of a file in it");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("output " + path + " is no regular file and would be replaced");
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "output folder "
              + folder
              + (Files.exists(folder) ? " is no folder" : " does not exist")
              + "; create it, or write elsewhere than "
              + path);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(
          "output folder " + folder + " is not writable for the user that runs the node");
    }
  }

  /** One: all records in one file. */
  @Override
  public int preferredParallelism() {
    return 1;
  }

  @Override
  public void commit(String prepared) throws IOException {
    PreparedFile.of(prepared).publish();
  }

  /**
   * Sets the task's hidden file back to the checkpoint.
   *
   * @throws IOException if the file is gone, or the checkpoint was taken with another path or
   *     number of tasks
   */
  @Override
  public void discardAllBut(Set<String> safe, ProcessorContext context) throws IOException {
    List<PreparedFile> files = safe.stream().map(PreparedFile::of).toList();
    List<Path> targets = new ArrayList<>();
    for (int task = 0; task < context.parallelism(); task++) {
      targets.add(target(task, context.parallelism()));
    }
    for (PreparedFile file : files) {
      if (!file.finished() && !targets.contains(file.target())) {
        throw new IOException(
            "output %s was begun, which this sink of %d task%s for %s does not write; give it the path and the parallelism that it had, or let it begin anew"
                .formatted(
                    file.target(),
                    context.parallelism(),
                    context.parallelism() == 1 ? "" : "s",
                    path));
      }
    }
    LineWriter.goBack(targets.get(context.taskIndex()), context, files);
  }

  @Override
  public SinkWriter<T> open(ProcessorContext context) throws IOException {
    return LineWriter.open(target(context.taskIndex(), context.parallelism()), context, format);
  }

  private Path target(int task, int tasks) {
    return tasks > 1 ? path.resolveSibling(path.getFileName() + "-" + task + "-of-" + tasks) : path;
  }
}
