package io.geartrain.connector.files.internal;

import io.geartrain.api.MapFunction;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.SinkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One file, which appears when all input has ended; of several tasks, one for each.
 *
 * @param path the file, absolute
 */
public record SingleFile(Path path) implements Layout {
  @Override
  public void validate() throws IOException {
    Path folder = path.getParent();
    if (folder == null || Files.isDirectory(path)) {
      throw new IOException("output " + path + " is a folder; give the path of a file in it");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("output " + path + " is no regular file and would be replaced");
    }
    OutputFolder.validate(folder, path);
  }

  @Override
  public int preferredParallelism() {
    return 1;
  }

  @Override
  public void discardAllBut(Set<String> safe, ProcessorContext context) throws IOException {
    List<PreparedFile> files =
        safe.stream().filter(text -> !PartFile.isText(text)).map(PreparedFile::of).toList();
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
  public <T> SinkWriter<T> open(ProcessorContext context, MapFunction<? super T, String> format)
      throws IOException {
    return LineWriter.open(target(context.taskIndex(), context.parallelism()), context, format);
  }

  private Path target(int task, int tasks) {
    return tasks > 1 ? path.resolveSibling(path.getFileName() + "-" + task + "-of-" + tasks) : path;
  }
}
