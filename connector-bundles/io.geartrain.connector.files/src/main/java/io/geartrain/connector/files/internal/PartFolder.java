package io.geartrain.connector.files.internal;

import io.geartrain.api.MapFunction;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.SinkWriter;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A folder to which each checkpoint adds what each task has written since the one before. Any
 * number of sinks and applications may write into the same, for their parts bear their names.
 *
 * @param folder absolute
 */
public record PartFolder(Path folder) implements Layout {
  @Override
  public void validate() throws IOException {
    OutputFolder.validate(folder, folder);
  }

  @Override
  public int preferredParallelism() {
    return 0;
  }

  /**
   * Deletes what the task's writers have left, and of tasks that are no more the i-th the
   * (i-modulo-parallelism)-th.
   */
  @Override
  public void discardAllBut(Set<String> safe, ProcessorContext context) throws IOException {
    Set<PartName> kept = new HashSet<>();
    for (String text : safe) {
      if (PartFile.isText(text)) {
        kept.add(PartFile.of(text).name());
      } else {
        requireFinished(PreparedFile.of(text));
      }
    }
    try (DirectoryStream<Path> hidden = Files.newDirectoryStream(folder, PartName.HIDDEN)) {
      for (Path file : hidden) {
        PartName name = PartName.ofHidden(file.getFileName().toString());
        if (name != null && name.isLeftTo(context) && !kept.contains(name)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    } catch (DirectoryIteratorException e) {
      throw unusable(e.getCause());
    }
  }

  private IOException unusable(IOException e) {
    return new IOException(
        "output folder "
            + folder
            + " can't be cleared of what was left: "
            + LineFile.reason(e)
            + "; see that it exists and is writable",
        e);
  }

  private void requireFinished(PreparedFile file) throws IOException {
    if (!file.finished()) {
      throw new IOException(
          "output %s was begun as one file, with which a sink of parts in %s can't go on; write it to one file again, or let it begin anew"
              .formatted(file.target(), folder));
    }
  }

  @Override
  public <T> SinkWriter<T> open(ProcessorContext context, MapFunction<? super T, String> format) {
    return new PartWriter<>(folder, context, format);
  }
}
