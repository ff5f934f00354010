package io.geartrain.execution;

import io.geartrain.api.SourceSplit;
import io.geartrain.codec.CodecRegistry;
import io.geartrain.codec.TypeDictionary;
import io.geartrain.execution.internal.TaskState;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.state.Manifest;
import io.geartrain.state.OperatorState;
import io.geartrain.state.SnapshotFile;
import io.geartrain.state.SnapshotReader;
import io.geartrain.state.StateNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the sources of an application had left to read at a checkpoint. Stateless. */
public final class SavedSplits {
  private SavedSplits() {}

  /**
   * The splits that were left, by the id of the source.
   *
   * @param loader finds the application's classes
   * @throws IOException if the checkpoint can't be read
   */
  public static Map<String, List<SourceSplit>> of(
      Manifest manifest, CheckpointStore store, ClassLoader loader) throws IOException {
    Map<String, List<SourceSplit>> left = new TreeMap<>();
    for (Manifest.TaskFile task : manifest.tasks()) {
      try (SnapshotReader file = manifest.open(store, task)) {
        TypeDictionary dictionary = TypeDictionary.read(new Input(file.types()));
        Codec<Object> codec = CodecRegistry.of(dictionary, loader).any();
        for (String source : sources(file, task)) {
          for (Object value : OperatorState.read(file, source, StateNames.SPLIT, codec)) {
            left.computeIfAbsent(source, id -> new ArrayList<>()).add(TaskState.split(value));
          }
        }
      }
    }
    return left;
  }

  private static Set<String> sources(SnapshotReader file, Manifest.TaskFile task) {
    return file.blocks().stream()
        .filter(block -> block.state().equals(StateNames.SPLIT))
        .filter(block -> block.keyGroup() == SnapshotFile.NO_GROUP)
        .map(SnapshotFile.Block::step)
        .filter(task.steps()::contains)
        .collect(Collectors.toSet());
  }
}
