package io.geartrain.console.rest.internal.wiring;

import io.geartrain.console.rest.internal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file by which the command line finds a running node: there as long as HTTP is up. Used by one
 * thread at a time.
 */
final class NodeFile {
  private final Path file;

  NodeFile(Path file) {
    this.file = file;
  }

  /** Replaces the file as a whole; readable by its owner alone. */
  void write(long pid, String url, String startedAt) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("pid", pid);
    fields.put("url", url);
    fields.put("startedAt", startedAt);
    Path temporary = Files.createTempFile(folder, "node", ".new", ownerOnly(folder));
    try {
      Files.write(temporary, new Json().write(fields), StandardOpenOption.WRITE);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
