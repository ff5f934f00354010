package io.geartrain.connector.files;

import io.geartrain.api.MapFunction;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.connector.files.internal.Layout;
import io.geartrain.connector.files.internal.PartFolder;
import io.geartrain.connector.files.internal.SingleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Writes UTF-8 text files, a line for each record, ended by {@code \n}: one file that appears when
 * all input has ended, or a folder of parts, to which each checkpoint adds.
 *
 * <p><b>One file</b>, by {@link #lines} and {@link #of}, appears as a whole when the input has
 * ended, in place of one that was there; until then a hidden file grows beside it, and goes away if
 * the application fails or is cancelled, unless a checkpoint needs it. One task writes, unless the
 * application gives the sink a greater parallelism: of {@code n} tasks, task {@code i} writes
 * {@code path-i-of-n}, each whole or not at all. Of an application that never ends nothing appears.
 *
 * <p><b>Parts</b>, by {@link #parts}, appear when a checkpoint or savepoint stands, and at the end
 * of input: one of each task that has written since the one before, as a whole, never changed
 * again, as {@code part-TASK-of-TASKS-CHECKPOINT-STEP@APPLICATION}, or with {@code end} for the
 * number of the checkpoint. Sorted by name, the parts of a task are in the order in which they were
 * written. What has appeared may be moved or deleted at once. As many tasks write as the step
 * before has, and their number may change. Without checkpoints all appears at the end.
 *
 * <p>Immutable.
 *
 * @param <T> type of the records
 */
public final class FileSink<T> implements Sink<T> {
  private final Layout layout;
  private final MapFunction<? super T, String> format;

  private FileSink(Layout layout, MapFunction<? super T, String> format) {
    this.layout = layout;
    this.format = format;
  }

  /**
   * Writes each record as its {@code toString} to one file.
   *
   * @param path the file; its folder exists. Absolute, for a relative path starts at the node's own
   *     folder
   */
  public static FileSink<Object> lines(String path) {
    return of(path, Object::toString);
  }

  /**
   * Writes each record as a function of one's own tells, to one file.
   *
   * @param path the file, as in {@link #lines}
   * @param format makes the line, without its end
   */
  public static <T> FileSink<T> of(String path, MapFunction<? super T, String> format) {
    return new FileSink<>(new SingleFile(absolute(path)), format);
  }

  /**
   * Writes each record as its {@code toString} to parts, which appear with each checkpoint.
   *
   * @param folder exists; sinks and applications may share it, for parts bear their names.
   *     Absolute, for a relative path starts at the node's own folder
   */
  public static FileSink<Object> parts(String folder) {
    return parts(folder, Object::toString);
  }

  /**
   * Writes each record as a function of one's own tells, to parts, which appear with each
   * checkpoint.
   *
   * @param folder as in {@link #parts(String)}
   * @param format makes the line, without its end
   */
  public static <T> FileSink<T> parts(String folder, MapFunction<? super T, String> format) {
    return new FileSink<>(new PartFolder(absolute(folder)), format);
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  /**
   * Checks that the file or the folder can be written.
   *
   * @throws IOException if the folder is missing or not writable, or the path is something else
   *     than it is to be
   */
  @Override
  public void validate() throws IOException {
    layout.validate();
  }

  /** One for one file; for parts as many as the step before has. */
  @Override
  public int preferredParallelism() {
    return layout.preferredParallelism();
  }

  @Override
  public void commit(String prepared) throws IOException {
    Layout.commit(prepared);
  }

  /**
   * Sets the task's hidden files back to the checkpoint.
   *
   * @throws IOException if a file is gone, or the checkpoint was taken while one file was being
   *     written, with another path or number of tasks
   */
  @Override
  public void discardAllBut(Set<String> safe, ProcessorContext context) throws IOException {
    layout.discardAllBut(safe, context);
  }

  @Override
  public SinkWriter<T> open(ProcessorContext context) throws IOException {
    return layout.open(context, format);
  }
}
