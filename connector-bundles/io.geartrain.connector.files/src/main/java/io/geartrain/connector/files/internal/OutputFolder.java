package io.geartrain.connector.files.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that holds what a sink writes. */
final class OutputFolder {
  private OutputFolder() {}

  /**
   * Checks that files can be made in it.
   *
   * @param output what is to be written, for the message
   */
  static void validate(Path folder, Path output) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "output folder "
              + folder
              + (Files.exists(folder) ? " is no folder" : " does not exist")
              + "; create it, or write elsewhere than "
              + output);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(
          "output folder " + folder + " is not writable for the user that runs the node");
    }
  }

  /** Brings the names in it to disk. */
  static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // some file systems can't sync a folder; the file itself is on disk under one of its names
    }
  }
}
