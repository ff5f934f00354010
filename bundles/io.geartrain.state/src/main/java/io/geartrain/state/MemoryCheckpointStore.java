package io.geartrain.state;

import io.geartrain.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Checkpoints that end with the process: for tests and simulation. Thread-safe. */
public final class MemoryCheckpointStore implements CheckpointStore {
  private final Map<String, Map<String, Map<String, byte[]>>> applications = new TreeMap<>();
  private final UnaryOperator<byte[]> medium;

  /** A store that keeps what is written. */
  public MemoryCheckpointStore() {
    this(UnaryOperator.identity());
  }

  /**
   * A store on a medium that may be faulty.
   *
   * @param medium what is read back of the bytes of a file that was written
   */
  public MemoryCheckpointStore(UnaryOperator<byte[]> medium) {
    this.medium = medium;
  }

  @Override
  public Upload create(String application, String checkpoint, String file) {
    StoreNames.check(application);
    StoreNames.check(checkpoint);
    MemoryFile memory = new MemoryFile(StoreNames.check(file));
    return new Upload() {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        memory.write(bytes, offset, length);
      }

      @Override
      public Receipt complete() throws IOException {
        Receipt receipt = memory.complete();
        byte[] kept = medium.apply(memory.bytes());
        if (kept.length != receipt.length()
            || SnapshotFile.crc(kept, 0, kept.length) != receipt.crc32c()) {
          throw new IOException("what was read back of " + file + " is not what was written");
        }
        put(application, checkpoint, file, kept);
        return receipt;
      }

      @Override
      public void close() {
        memory.close();
      }
    };
  }

  /** Puts a file there, or another in its place: what a damaged disk might do. */
  public synchronized void put(String application, String checkpoint, String file, byte[] bytes) {
    applications
        .computeIfAbsent(application, a -> new TreeMap<>())
        .computeIfAbsent(checkpoint, c -> new TreeMap<>())
        .put(file, bytes);
  }

  /** Names of the files of a checkpoint, sorted. */
  public synchronized List<String> files(String application, String checkpoint) {
    return List.copyOf(
        applications
            .getOrDefault(application, Map.of())
            .getOrDefault(checkpoint, Map.of())
            .keySet());
  }

  /** The bytes of a file, not to be changed. */
  public synchronized byte[] bytes(String application, String checkpoint, String file)
      throws NoSuchFileException {
    byte[] bytes =
        applications
            .getOrDefault(application, Map.of())
            .getOrDefault(checkpoint, Map.of())
            .get(file);
    if (bytes == null) {
      throw new NoSuchFileException(application + "/" + checkpoint + "/" + file);
    }
    return bytes;
  }

  @Override
  public StoredFile open(String application, String checkpoint, String file) throws IOException {
    return MemoryFile.open(
        application + "/" + checkpoint + "/" + file, bytes(application, checkpoint, file));
  }

  @Override
  public synchronized List<String> list(String application) {
    return List.copyOf(applications.getOrDefault(application, Map.of()).keySet());
  }

  @Override
  public synchronized List<String> applications() {
    return List.copyOf(applications.keySet());
  }

  @Override
  public synchronized void delete(String application, String checkpoint) {
    applications.getOrDefault(application, new TreeMap<>()).remove(checkpoint);
  }
}
