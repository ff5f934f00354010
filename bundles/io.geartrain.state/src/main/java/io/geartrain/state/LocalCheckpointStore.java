package io.geartrain.state;

import io.geartrain.spi.CheckpointStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Checkpoints in folders of a local disk: {@code application/checkpoint/file}. What begins with a
 * dot is unfinished. Thread-safe.
 */
public final class LocalCheckpointStore implements CheckpointStore {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Path root;
  private final String instance = Long.toHexString(System.nanoTime());
  private final AtomicLong uploads = new AtomicLong();

  /** A store in a folder, made once it is needed. */
  public LocalCheckpointStore(Path root) {
    this.root = root;
  }

  /** Removes what a process that died has left unfinished; before the first other call. */
  public void removeLeftovers() throws IOException {
    for (String application : applications()) {
      Path folder = root.resolve(application);
      for (Path checkpoint : children(folder)) {
        if (isHidden(checkpoint)) {
          deleteTree(checkpoint);
        } else {
          for (Path file : children(checkpoint)) {
            if (isHidden(file)) {
              Files.deleteIfExists(file);
            }
          }
        }
      }
    }
  }

  @Override
  public Upload create(String application, String checkpoint, String file) throws IOException {
    Path folder = folder(application, checkpoint);
    Path target = folder.resolve(StoreNames.check(file));
    try {
      makeFolder(folder);
      Path temporary =
          folder.resolve("." + file + "." + instance + "-" + uploads.incrementAndGet());
      return new LocalUpload(target, temporary);
    } catch (IOException e) {
      throw explained(target, e);
    }
  }

  private void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (folder.getParent() != null) {
      makeFolder(folder.getParent());
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    if (folder.getParent() != null) {
      force(folder.getParent());
    }
  }

  @Override
  public StoredFile open(String application, String checkpoint, String file) throws IOException {
    return new LocalFile(folder(application, checkpoint).resolve(StoreNames.check(file)));
  }

  @Override
  public List<String> list(String application) throws IOException {
    return visible(root.resolve(StoreNames.check(application)));
  }

  @Override
  public List<String> applications() throws IOException {
    return visible(root);
  }

  /** Away at once and as a whole, for those who look; the bytes go after that. */
  @Override
  public void delete(String application, String checkpoint) throws IOException {
    Path folder = folder(application, checkpoint);
    Path away =
        folder.resolveSibling("." + checkpoint + "." + instance + "-" + uploads.incrementAndGet());
    try {
      Files.move(folder, away, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return;
    }
    force(folder.getParent());
    deleteTree(away);
  }

  private Path folder(String application, String checkpoint) {
    return root.resolve(StoreNames.check(application)).resolve(StoreNames.check(checkpoint));
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static List<String> visible(Path folder) throws IOException {
    return children(folder).stream()
        .filter(child -> !isHidden(child) && Files.isDirectory(child))
        .map(child -> child.getFileName().toString())
        .sorted()
        .toList();
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException problem)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static IOException explained(Path file, IOException cause) {
    String space;
    try {
      Path existing = file;
      while (existing != null && !Files.exists(existing)) {
        existing = existing.getParent();
      }
      space =
          existing == null
              ? "unknown"
              : (Files.getFileStore(existing).getUsableSpace() >> 20) + " MB";
    } catch (IOException e) {
      space = "unknown";
    }
    return new IOException(
        "can't write the checkpoint file "
            + file
            + ": "
            + cause.getMessage()
            + " (free space: "
            + space
            + "); make room, or delete old savepoints",
        cause);
  }

  /** A file under a hidden name until it is complete. Used by one thread at a time. */
  private static final class LocalUpload implements Upload {
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final CRC32C crc = new CRC32C();
    private long length;
    private boolean done;

    LocalUpload(Path target, Path temporary) throws IOException {
      this.target = target;
      this.temporary = temporary;
      this.channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      crc.update(bytes, offset, count);
      length += count;
      int at = offset;
      int left = count;
      while (left > 0) {
        if (!buffer.hasRemaining()) {
          drain();
        }
        int part = Math.min(left, buffer.remaining());
        buffer.put(bytes, at, part);
        at += part;
        left -= part;
      }
    }

    private void drain() throws IOException {
      buffer.flip();
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        throw explained(target, e);
      }
      buffer.clear();
    }

    @Override
    public Receipt complete() throws IOException {
      try {
        drain();
        channel.force(true);
        channel.close();
        compare();
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        done = true;
        force(target.getParent());
      } catch (IOException e) {
        close();
        if (done) {
          Files.deleteIfExists(target);
        }
        throw e.getMessage() != null && e.getMessage().startsWith("can't write")
            ? e
            : explained(target, e);
      }
      return new Receipt(target.getFileName().toString(), length, (int) crc.getValue());
    }

    private void compare() throws IOException {
      CRC32C read = new CRC32C();
      long count = 0;
      try (FileChannel again = FileChannel.open(temporary, StandardOpenOption.READ)) {
        buffer.clear();
        while (again.read(buffer) >= 0) {
          buffer.flip();
          count += buffer.remaining();
          read.update(buffer);
          buffer.clear();
        }
      }
      if (count != length || read.getValue() != crc.getValue()) {
        throw new IOException(
            "what was read back is not what was written; the disk or its driver is faulty");
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
      if (!done) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** A complete file. Used by one thread at a time. */
  private static final class LocalFile implements StoredFile {
    private final Path path;
    private final FileChannel channel;
    private final long length;

    LocalFile(Path path) throws IOException {
      this.path = path;
      this.channel = FileChannel.open(path, StandardOpenOption.READ);
      this.length = channel.size();
    }

    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void read(long position, byte[] target, int offset, int count) throws IOException {
      ByteBuffer into = ByteBuffer.wrap(target, offset, count);
      long at = position;
      while (into.hasRemaining()) {
        int read = channel.read(into, at);
        if (read < 0) {
          throw new EOFException(path + " ends at byte " + at);
        }
        at += read;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
