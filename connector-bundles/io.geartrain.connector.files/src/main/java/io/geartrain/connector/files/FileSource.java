package io.geartrain.connector.files;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.connector.files.internal.FileRange;
import io.geartrain.connector.files.internal.FileSplits;
import io.geartrain.connector.files.internal.LineReader;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the lines of UTF-8 text files, each line once. Large files are cut into splits, so that
 * several tasks read one file.
 *
 * <ul>
 *   <li>A line ends with {@code \n} or {@code \r\n}, which are not part of it; the last line may
 *       lack it.
 *   <li>A folder stands for all regular files in it and below, in the order of their paths; links
 *       in it are not followed. A file that is named twice is read once.
 *   <li>A file is read up to the size that it had at submission. One that has shrunk since, that is
 *       not UTF-8, or that holds a line of more than 16 MB fails the application, with the file and
 *       the byte in the message.
 *   <li>Lines carry no event time: their timestamp is 0 until the application assigns one.
 * </ul>
 *
 * <p>Paths must name the same data on every node that runs the source. Immutable.
 */
public final class FileSource implements Source<String> {
  private static final long DEFAULT_SPLIT_BYTES = 8L << 20;

  private final List<String> paths;
  private final long splitBytes;

  private FileSource(List<String> paths, long splitBytes) {
    this.paths = List.copyOf(paths);
    this.splitBytes = splitBytes;
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("no input path is given; name a file or a folder");
    }
  }

  /**
   * The lines of files and folders.
   *
   * @param first a file or folder; absolute, for a relative path starts at the node's own folder
   * @param more further ones
   */
  public static FileSource lines(String first, String... more) {
    return lines(Stream.concat(Stream.of(first), Arrays.stream(more)).toList());
  }

  /**
   * The lines of files and folders.
   *
   * @param paths files and folders, at least one
   */
  public static FileSource lines(List<String> paths) {
    return new FileSource(paths, DEFAULT_SPLIT_BYTES);
  }

  /**
   * The lines of the files and folders that one setting names.
   *
   * @param pathList paths joined by {@link File#pathSeparator}, as in {@code PATH}
   */
  public static FileSource linesOf(String pathList) {
    return lines(
        Arrays.stream(pathList.split(File.pathSeparator)).filter(p -> !p.isBlank()).toList());
  }

  /**
   * The same source cut differently.
   *
   * @param bytes size of a split in bytes, at least 1; 8 MB unless told
   */
  public FileSource splitBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a split needs at least 1 byte, not " + bytes);
    }
    return new FileSource(paths, bytes);
  }

  @Override
  public Class<String> type() {
    return String.class;
  }

  /**
   * Lists the files.
   *
   * @throws IOException if a path is missing, can't be read, is neither file nor folder, or is a
   *     folder without files; the message names it
   */
  @Override
  public List<SourceSplit> splits(int parallelism) throws IOException {
    return FileSplits.of(paths, splitBytes).stream().map(FileRange::toSplit).toList();
  }

  /**
   * Checks that what is left to read is there and belongs to the input.
   *
   * @throws IOException if a file is gone, shorter than it was, or not among the files and folders
   *     of this source; the message names it
   */
  @Override
  public void validateRemaining(List<SourceSplit> left) throws IOException {
    for (SourceSplit split : left) {
      FileSplits.validateRemaining(paths, FileRange.of(split));
    }
  }

  @Override
  public SplitReader<String> open(SourceSplit split, ProcessorContext context) throws IOException {
    return LineReader.open(FileRange.of(split));
  }
}
