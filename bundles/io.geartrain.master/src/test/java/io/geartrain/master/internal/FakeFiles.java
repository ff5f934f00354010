package io.geartrain.master.internal;

import io.geartrain.spi.CheckpointStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Names of checkpoints, without any file. Thread-safe. */
final class FakeFiles implements CheckpointStore {
  private final Map<String, Set<String>> names = new ConcurrentSkipListMap<>();
  volatile boolean full;

  void add(String application, String... checkpoints) {
    names
        .computeIfAbsent(application, id -> new ConcurrentSkipListSet<>())
        .addAll(List.of(checkpoints));
  }

  @Override
  public Upload create(String application, String checkpoint, String file) {
    throw new AssertionError("a master writes none");
  }

  @Override
  public StoredFile open(String application, String checkpoint, String file) {
    throw new AssertionError("a master reads none");
  }

  @Override
  public List<String> list(String application) {
    return List.copyOf(names.getOrDefault(application, Set.of()));
  }

  @Override
  public List<String> applications() {
    return names.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public void delete(String application, String checkpoint) throws IOException {
    if (full) {
      throw new IOException("read-only file system");
    }
    names.getOrDefault(application, Set.of()).remove(checkpoint);
  }
}
