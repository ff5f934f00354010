package io.geartrain.state;

import io.geartrain.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checkpoints that end with the process: for tests and simulation. Thread-safe. */
public final class MemoryCheckpointStore implements CheckpointStore {
  private final Map<String, Map<String, Map<String, byte[]>>> applications = new TreeMap<>();

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
      public Receipt complete() {
        put(application, checkpoint, file, memory.bytes());
        return memory.complete();
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
