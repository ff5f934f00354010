package io.geartrain.coordination.zookeeper.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The secret that lets a node of this cluster, and no other user of the machine, into the store.
 */
final class Secret {

  private static final int BYTES = 32;

  private Secret() {}

  /**
   * Reads the secret, and makes one first if there is none, readable for the owner alone.
   *
   * @throws IOException if the file can't be read or written, or is empty
   */
  static String readOrCreate(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file)) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      try (var channel =
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly("rw-------"))) {
        channel.write(StandardCharsets.US_ASCII.encode(secret));
      } catch (FileAlreadyExistsException e) {
        return read(file);
      }
    }
    return read(file);
  }

  /**
   * Reads a secret that somebody else has made.
   *
   * @throws IOException if the file can't be read or is empty
   */
  static String read(Path file) throws IOException {
    String secret = Files.readString(file).strip();
    if (secret.isEmpty()) {
      throw new IOException(file + " is empty, but should hold the secret of the ensemble");
    }
    return secret;
  }

  /** Creates a folder, with its parents, that nobody but the owner can look into. */
  static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      Files.createDirectory(folder, ownerOnly("rwx------"));
    }
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
