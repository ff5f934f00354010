package io.geartrain.security.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the token of the command line: made at the first start, readable by its owner
 * alone.
 */
final class TokenFile {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
  private static final int TOKEN_BYTES = 32;
  private static final int MIN_LENGTH = 32;
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path file;
  private final Secrets secrets;

  TokenFile(Path file, Secrets secrets) {
    this.file = file;
    this.secrets = secrets;
  }

  /** The token of the file, which is created if it is not there. */
  String readOrCreate() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    createFolder(folder);
    if (!Files.exists(file)) {
      create(folder);
    }
    closeToOthers(file, OWNER_FILE);
    String token = Files.readString(file, StandardCharsets.UTF_8).strip();
    if (token.length() < MIN_LENGTH) {
      throw new IOException(
          "The token in "
              + file
              + " has "
              + token.length()
              + " characters, at least "
              + MIN_LENGTH
              + " are needed. Delete the file; the next start makes a new one.");
    }
    return token;
  }

  private static void createFolder(Path folder) throws IOException {
    if (posix(folder)) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
      closeToOthers(folder, OWNER_FOLDER);
    } else {
      Files.createDirectories(folder);
    }
  }

  private void create(Path folder) throws IOException {
    FileAttribute<?>[] attributes =
        posix(folder)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_FILE)}
            : new FileAttribute<?>[0];
    Path temporary = Files.createTempFile(folder, "token", ".new", attributes);
    try {
      Files.writeString(temporary, secrets.next(TOKEN_BYTES) + "\n", StandardOpenOption.WRITE);
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, file);
      }
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} was made by somebody else at the same moment", file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void closeToOthers(Path path, Set<PosixFilePermission> wanted) throws IOException {
    if (!posix(path)) {
      return;
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
    if (!wanted.containsAll(found)) {
      LOG.warn(
          "{} was open to others ({}); it is closed now. If somebody may have read the token,"
              + " delete the file and start again.",
          path,
          PosixFilePermissions.toString(found));
      Files.setPosixFilePermissions(path, wanted);
    }
  }

  private static boolean posix(Path path) throws IOException {
    Path existing = path.toAbsolutePath();
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    return Files.getFileStore(existing).supportsFileAttributeView("posix");
  }
}
