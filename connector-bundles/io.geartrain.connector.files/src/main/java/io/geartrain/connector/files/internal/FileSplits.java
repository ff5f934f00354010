package io.geartrain.connector.files.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds files and cuts them into ranges, always alike for the same files. */
public final class FileSplits {
  private FileSplits() {}

  /**
   * The ranges of all files, sorted by path and place; an empty file has one empty range.
   *
   * @throws IOException naming the path that can't be read
   */
  public static List<FileRange> of(List<String> paths, long splitBytes) throws IOException {
    TreeSet<Path> files = new TreeSet<>();
    for (String given : paths) {
      files.addAll(find(given));
    }
    List<FileRange> ranges = new ArrayList<>();
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new IOException(
            "input file " + file + " can't be read; give the user that runs the node access to it");
      }
      long size = Files.size(file);
      long start = 0;
      do {
        long end = start + Math.min(splitBytes, size - start);
        ranges.add(new FileRange(file, start, end, size));
        start = end;
      } while (start < size);
    }
    return ranges;
  }

  /**
   * Checks that the rest of a range can be read, and is of these paths.
   *
   * @throws IOException naming the file that can't be read, or is of no path
   */
  public static void validateRemaining(List<String> paths, FileRange left) throws IOException {
    Path file = left.file();
    boolean named =
        paths.stream()
            .anyMatch(given -> file.startsWith(Path.of(given).toAbsolutePath().normalize()));
    if (!named) {
      throw new IOException(
          "%s has been read up to byte %d, and is not among the input %s; name the same input, or begin anew"
              .formatted(file, left.start(), String.join(", ", paths)));
    }
    if (!Files.isReadable(file)) {
      throw new IOException(
          "input file %s, read up to byte %d, is gone or can't be read"
              .formatted(file, left.start()));
    }
    long size = Files.size(file);
    if (size < left.fileSize()) {
      throw new IOException(
          "input file %s has %d bytes instead of %d; it has changed since it was read"
              .formatted(file, size, left.fileSize()));
    }
  }

  private static List<Path> find(String given) throws IOException {
    Path path = Path.of(given).toAbsolutePath().normalize();
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (Files.isDirectory(path)) {
      return filesIn(path);
    }
    String name = path.toString().equals(given) ? given : given + " (that is, " + path + ")";
    throw new IOException(
        Files.exists(path)
            ? "input " + name + " is neither a file nor a folder"
            : "input " + name + " does not exist; check the path, on the node that reads it");
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .filter(file -> !InProgress.isName(file.getFileName().toString()))
              .toList();
    } catch (UncheckedIOException e) {
      throw new IOException("input folder " + folder + " can't be read: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException("input folder " + folder + " can't be read: " + e.getMessage(), e);
    }
    if (files.isEmpty()) {
      throw new IOException("input folder " + folder + " holds no files");
    }
    return files;
  }
}
