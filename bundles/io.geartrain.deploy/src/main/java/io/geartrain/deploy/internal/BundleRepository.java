package io.geartrain.deploy.internal;

import io.geartrain.deploy.internal.jar.Sha256;
import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Keeps jars in a folder as {@code <sha256>.jar}. Bytes arrive in a file of another name, are
 * synced, and then renamed, so that a name stands for whole content even after a crash. Any thread.
 */
final class BundleRepository implements BundleStore {
  private static final String ARRIVING = ".part";

  private final Path folder;

  private BundleRepository(Path folder) {
    this.folder = folder;
  }

  /** Opens the folder, creating it, and drops what was arriving when the node died. */
  static BundleRepository open(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*" + ARRIVING)) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
    return new BundleRepository(folder);
  }

  @Override
  public Stored put(InputStream bytes) throws IOException {
    Path arriving = Files.createTempFile(folder, "bundle-", ARRIVING);
    try {
      MessageDigest digest = Sha256.newDigest();
      long size;
      try (FileChannel file = FileChannel.open(arriving, StandardOpenOption.WRITE);
          OutputStream out = new DigestOutputStream(Channels.newOutputStream(file), digest)) {
        size = bytes.transferTo(out);
        file.force(true);
      }
      String hex = Sha256.hex(digest);
      Files.move(arriving, file(hex), StandardCopyOption.ATOMIC_MOVE);
      syncFolder();
      return new Stored(hex, size);
    } finally {
      Files.deleteIfExists(arriving);
    }
  }

  @Override
  public Optional<Path> find(String digest) {
    return Sha256.isDigest(digest)
        ? Optional.of(file(digest)).filter(Files::isRegularFile)
        : Optional.empty();
  }

  @Override
  public void remove(String digest) throws IOException {
    if (Sha256.isDigest(digest)) {
      Files.deleteIfExists(file(digest));
    }
  }

  private Path file(String digest) {
    return folder.resolve(digest + ".jar");
  }

  private void syncFolder() {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // some file systems can't sync a folder; the worst is an upload to be repeated
    }
  }
}
