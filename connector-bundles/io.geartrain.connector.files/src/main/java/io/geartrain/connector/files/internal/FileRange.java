package io.geartrain.connector.files.internal;

import io.geartrain.api.SourceSplit;
import java.nio.file.Path;
import java.util.Map;

/**
 * The lines of a file that begin in a range of bytes.
 *
 * @param file absolute path
 * @param start first byte in which a line of this range may begin
 * @param end first byte after that
 * @param fileSize size of the file when it was cut; nothing beyond is read
 * @param cutAt where the range began when the file was cut; it names the split
 */
public record FileRange(Path file, long start, long end, long fileSize, long cutAt) {
  /** A range of which nothing has been read. */
  public FileRange(Path file, long start, long end, long fileSize) {
    this(file, start, end, fileSize, start);
  }

  /** What is left of it. */
  FileRange from(long newStart) {
    return new FileRange(file, newStart, end, fileSize, cutAt);
  }

  /** As it travels. */
  public SourceSplit toSplit() {
    return new SourceSplit(
        file + "@" + cutAt,
        Map.of(
            "file", file.toString(),
            "start", Long.toString(start),
            "end", Long.toString(end),
            "fileSize", Long.toString(fileSize),
            "cutAt", Long.toString(cutAt)));
  }

  /** Back from what travelled. */
  public static FileRange of(SourceSplit split) {
    Map<String, String> attributes = split.attributes();
    return new FileRange(
        Path.of(attributes.get("file")),
        Long.parseLong(attributes.get("start")),
        Long.parseLong(attributes.get("end")),
        Long.parseLong(attributes.get("fileSize")),
        Long.parseLong(attributes.get("cutAt")));
  }
}
