package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files and folders that a person named, checked before anything is started.
 *
 * @param paths absolute; a folder stands for all regular files under it
 * @param sizeBytes of all files together
 */
record InputFiles(List<Path> paths, long sizeBytes) {

  /**
   * Checks that all can be read.
   *
   * @throws CliException naming the first that can't
   */
  static InputFiles of(List<Path> given) {
    List<Path> paths = given.stream().map(p -> p.toAbsolutePath().normalize()).distinct().toList();
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : paths) {
      if (path.toString().contains(File.pathSeparator)) {
        throw error(
            "the name of input " + path + " contains '" + File.pathSeparator + "'",
            "that sign separates the inputs of an application",
            "rename it, or give the folder that holds it");
      }
      files.addAll(filesOf(path));
    }
    long sizeBytes = 0;
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw error("input file " + file + " can't be read", "no permission", "chmod u+r " + file);
      }
      sizeBytes += size(file);
    }
    return new InputFiles(paths, sizeBytes);
  }

  /** As the setting of an application: paths joined as in {@code PATH}. */
  String setting() {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> filesOf(Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw error(
          Files.exists(path)
              ? "input " + path + " is neither a file nor a folder"
              : "input file " + path + " does not exist",
          "the words of a text file are counted",
          "check the path");
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(path)) {
      all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).forEach(files::add);
    } catch (IOException | UncheckedIOException e) {
      throw error(
          "input folder " + path + " can't be read", e.getMessage(), "chmod it, or leave it out");
    }
    if (files.isEmpty()) {
      throw error(
          "input folder " + path + " holds no files",
          "the words of text files are counted",
          "give a folder with files");
    }
    return files;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw error("input file " + file + " can't be read", e.getMessage(), "check the path");
    }
  }

  private static CliException error(String what, String why, String next) {
    return new CliException(ExitCode.USAGE, what, why, next);
  }
}
