package io.geartrain.connector.files.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A part that is on disk and hidden, as it travels in checkpoints.
 *
 * @param length in bytes
 * @param folder where it appears
 * @param name of which it has the hidden form until then
 */
record PartFile(long length, Path folder, PartName name) {
  private static final String KIND = "part\n";

  /** Whether a text is that of a part. */
  static boolean isText(String text) {
    return text.startsWith(KIND);
  }

  /** As it travels. */
  String toText() {
    return KIND + length + "\n" + name.visible() + "\n" + folder;
  }

  /** Back from what travelled. */
  static PartFile of(String text) {
    String[] parts = text.split("\n", 4);
    return new PartFile(Long.parseLong(parts[1]), Path.of(parts[3]), PartName.of(parts[2]));
  }

  /**
   * Lets it appear; does nothing more if it has, though it may have been taken away since.
   *
   * @throws IOException naming the file, if it is gone, not as long as it was, or if there is
   *     another in its place
   */
  void publish() throws IOException {
    if (hasAppeared()) {
      return;
    }
    try {
      appear();
    } catch (IOException e) {
      if (!hasAppeared()) { // else another that began with this checkpoint was faster
        throw e;
      }
    }
  }

  private boolean hasAppeared() throws IOException {
    if (Files.exists(hidden())) {
      return false;
    }
    return Files.exists(visible()) && Files.size(visible()) == length || isNoted();
  }

  private boolean isNoted() throws IOException {
    Path shown = folder.resolve(name.shown());
    PartName last = Files.exists(shown) ? PartName.of(Files.readString(shown)) : null;
    return last != null && name.isUpTo(last);
  }

  private void appear() throws IOException {
    if (!Files.exists(hidden())) {
      throw cannot(hidden() + " is gone; bring it back, or let the output begin anew");
    }
    if (Files.size(hidden()) != length) {
      throw cannot(
          "%s has %d bytes instead of %d; bring it back as it was, or let the output begin anew"
              .formatted(hidden(), Files.size(hidden()), length));
    }
    if (Files.exists(visible())) {
      throw cannot("there is another file in its place; move that away");
    }
    try {
      if (!isNoted()) {
        note();
      }
      Files.move(hidden(), visible(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw cannot(LineFile.reason(e) + "; see that the folder is writable and has room", e);
    }
    OutputFolder.sync(folder);
  }

  /** Before it appears, so that it is known later, whatever has become of it by then. */
  private void note() throws IOException {
    try (FileChannel shown =
        FileChannel.open(
            folder.resolve(name.shown()),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      shown.write(ByteBuffer.wrap(name.visible().getBytes(UTF_8)));
      shown.force(true);
    }
  }

  private IOException cannot(String why) {
    return cannot(why, null);
  }

  private IOException cannot(String why, IOException cause) {
    return new IOException("output " + visible() + " can't appear: " + why, cause);
  }

  private Path hidden() {
    return folder.resolve(name.hidden());
  }

  private Path visible() {
    return folder.resolve(name.visible());
  }
}
