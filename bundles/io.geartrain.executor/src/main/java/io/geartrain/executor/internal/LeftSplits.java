package io.geartrain.executor.internal;

import io.geartrain.api.SourceSplit;
import io.geartrain.execution.SavedSplits;
import io.geartrain.protocol.StartFrom;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.spi.CodecException;
import io.geartrain.state.Manifest;
import io.geartrain.state.StateException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sources of an application had left to read in what it is started from. Called on the
 * thread of the definition, for it blocks.
 */
final class LeftSplits {
  private static final Logger LOG = LoggerFactory.getLogger(LeftSplits.class);

  private final StartFrom from;
  private final CheckpointStore store;

  /**
   * Of an application.
   *
   * @param from what it is started from; null = it begins anew, or goes on from a checkpoint of its
   *     own
   */
  LeftSplits(StartFrom from, CheckpointStore store) {
    this.from = from;
    this.store = store;
  }

  /**
   * By the id of the source; nothing if it can't be read, for then the app master refuses it with
   * the reason.
   *
   * @param loader finds the application's classes
   */
  Map<String, List<SourceSplit>> of(ClassLoader loader) {
    if (from == null) {
      return Map.of();
    }
    try {
      Manifest manifest = Manifest.load(store, from.application(), from.name());
      return SavedSplits.of(manifest.without(from.dropState()), store, loader);
    } catch (IOException | StateException | CodecException e) {
      LOG.debug("{} can't be read", from.label(), e);
      return Map.of();
    }
  }
}
