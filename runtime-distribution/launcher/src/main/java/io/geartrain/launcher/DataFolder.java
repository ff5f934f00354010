package io.geartrain.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/**
 * The node's data folder, held by an operating system lock from {@link #open} to {@link #close}:
 * the lock goes with the process, however that ends. Used by the main thread; {@link #close} by the
 * shutdown hook as well.
 */
final class DataFolder implements AutoCloseable {
  private static final String NODE_FILE = "node.json";

  private final Path folder;
  private final FileChannel channel;

  private DataFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Creates the folder where it is missing and takes its lock.
   *
   * @throws LaunchException if it can't be written, or another node holds it
   */
  static DataFolder open(Path folder, long pid) throws LaunchException {
    writable(folder, "data", "--data FOLDER, or gear.data in conf/node.properties");
    Path file = folder.resolve("lock");
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String holder = read(channel).trim();
        channel.close();
        throw new LaunchException(
            "another node"
                + (holder.isEmpty() ? "" : " (pid " + holder + ")")
                + " uses the data folder "
                + folder
                + "; stop it with 'gear node stop', or start this one with --data FOLDER and"
                + " --port N");
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
      Files.deleteIfExists(folder.resolve(NODE_FILE)); // of a node that was killed
      return new DataFolder(folder, channel);
    } catch (IOException e) {
      throw new LaunchException("the lock " + file + " can't be taken: " + e.getMessage(), e);
    }
  }

  /**
   * Creates a folder where it is missing and checks that files can be created in it.
   *
   * @param remedy how to choose another folder
   */
  static void writable(Path folder, String name, String remedy) throws LaunchException {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".write", ""));
    } catch (IOException e) {
      throw new LaunchException(
          "the "
              + name
              + " folder "
              + folder
              + " can't be written ("
              + e
              + "); make it writable for this user, or choose another by "
              + remedy,
          e);
    }
  }

  /** The id of this node: made up at the first start, the same ever after. */
  String nodeId(RandomGenerator random) throws LaunchException {
    Path file = folder.resolve("node.id");
    try {
      if (Files.exists(file)) {
        String id = Files.readString(file).trim();
        if (!id.isEmpty()) {
          return id;
        }
      }
      String id = String.format("node-%04x", random.nextInt(0x10000));
      Files.writeString(file, id + "\n");
      return id;
    } catch (IOException e) {
      throw new LaunchException(file + " can't be read or written: " + e.getMessage(), e);
    }
  }

  /** Gives the lock free, and leaves no announcement behind. */
  @Override
  public synchronized void close() throws IOException {
    if (channel.isOpen()) {
      Files.deleteIfExists(folder.resolve(NODE_FILE));
      channel.truncate(0);
      channel.close();
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(32);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
  }
}
