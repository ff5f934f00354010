package io.geartrain.connector.files.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A hidden file up to a length that is on disk, as it travels in checkpoints.
 *
 * @param finished whether it is whole, and is to appear
 * @param length in bytes; what is beyond is worth nothing
 * @param inProgress the hidden file
 * @param target its name once it appears
 */
record PreparedFile(boolean finished, long length, Path inProgress, Path target) {
  /** As it travels. */
  String toText() {
    return (finished ? "finished" : "begun") + "\n" + length + "\n" + inProgress + "\n" + target;
  }

  /** Back from what travelled. */
  static PreparedFile of(String text) {
    String[] parts = text.split("\n", 4);
    return new PreparedFile(
        parts[0].equals("finished"),
        Long.parseLong(parts[1]),
        Path.of(parts[2]),
        Path.of(parts[3]));
  }

  /**
   * Lets a whole file appear; does nothing more if it has.
   *
   * @throws IOException naming the file, if it is gone or not as long as it was
   */
  void publish() throws IOException {
    if (!finished) {
      return;
    }
    if (!Files.exists(inProgress)) {
      if (Files.exists(target) && Files.size(target) == length) {
        return;
      }
      throw new IOException("output " + target + " can't appear: " + inProgress + " is gone");
    }
    if (Files.size(inProgress) != length) {
      throw new IOException(
          "output %s can't appear: %s has %d bytes instead of %d"
              .formatted(target, inProgress, Files.size(inProgress), length));
    }
    Files.move(
        inProgress, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    OutputFolder.sync(target.getParent());
  }

  /**
   * Cuts off what was written after the checkpoint, so that a writer goes on from there. Another
   * application goes on with a copy, for this may not be the last that begins here.
   *
   * @param now where the writer will look for it
   * @throws IOException naming the file, if it is gone or shorter than it was
   */
  void goBack(Path now) throws IOException {
    if (!Files.exists(now) && Files.exists(inProgress)) {
      copy(now);
    }
    if (!Files.exists(now)) {
      throw new IOException("output " + target + " can't go on: " + inProgress + " is gone");
    }
    try (FileChannel channel = FileChannel.open(now, StandardOpenOption.WRITE)) {
      if (channel.size() < length) {
        throw new IOException(
            "output %s can't go on: %s has %d bytes; %d were on disk at the checkpoint"
                .formatted(target, now, channel.size(), length));
      }
      channel.truncate(length);
    }
  }

  private void copy(Path to) throws IOException {
    Path half = to.resolveSibling(to.getFileName() + InProgress.HALF);
    try (FileChannel source = FileChannel.open(inProgress, StandardOpenOption.READ);
        FileChannel copy =
            FileChannel.open(
                half,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      long at = 0;
      long more = 1;
      while (at < length && more > 0) {
        more = source.transferTo(at, length - at, copy);
        at += more;
      }
      copy.force(true);
    }
    Files.move(half, to, StandardCopyOption.ATOMIC_MOVE);
    OutputFolder.sync(to.getParent());
  }
}
