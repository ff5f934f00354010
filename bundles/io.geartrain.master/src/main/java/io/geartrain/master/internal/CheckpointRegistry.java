package io.geartrain.master.internal;

import io.geartrain.actor.ProtocolJson;
import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Versioned;
import io.geartrain.protocol.StandingCheckpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads which checkpoints and savepoints stand, as app masters have written them down. Owned by the
 * thread of the master's actor; calls block as the store does.
 *
 * <pre>
 * /apps/ID/ckpt/N      checkpoint N of a running or ended application
 * /savepoints/ID/N     savepoint N, whatever has become of the application
 * </pre>
 */
final class CheckpointRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointRegistry.class);

  private final MetadataStore store;
  private final ProtocolJson json = new ProtocolJson();

  CheckpointRegistry(MetadataStore store) {
    this.store = store;
  }

  /** The checkpoints of an application that stand; savepoints may be among them. */
  List<StandingCheckpoint> checkpoints(String application) {
    return below(StandingCheckpoint.folder(application));
  }

  /** The savepoints of an application. */
  List<StandingCheckpoint> savepoints(String application) {
    return below(StandingCheckpoint.savepointFolder(application));
  }

  /** Both. */
  StartingPoints.Written written(String application) {
    return new StartingPoints.Written(checkpoints(application), savepoints(application));
  }

  /** The savepoints of all applications. */
  List<StandingCheckpoint> savepoints() {
    List<StandingCheckpoint> found = new ArrayList<>();
    for (String application : store.children(StandingCheckpoint.SAVEPOINTS)) {
      found.addAll(savepoints(application));
    }
    return found;
  }

  /**
   * Deletes a savepoint.
   *
   * @return the name of files that nobody needs any more; empty if the application still counts it
   *     among its checkpoints, or there is no such savepoint
   */
  Optional<String> deleteSavepoint(String application, long number) {
    String folder = StandingCheckpoint.savepointFolder(application);
    Optional<StandingCheckpoint> savepoint = read(folder + "/" + number);
    if (savepoint.isEmpty()) {
      return Optional.empty();
    }
    List<Op> ops = new ArrayList<>();
    ops.add(Op.delete(folder + "/" + number, MetadataStore.ANY_VERSION));
    if (store.children(folder).size() == 1) {
      ops.add(Op.delete(folder, MetadataStore.ANY_VERSION));
    }
    try {
      store.multi(ops);
    } catch (CoordinationException.NotEmpty another) {
      store.multi(ops.subList(0, 1));
    }
    boolean needed = store.exists(StandingCheckpoint.folder(application) + "/" + number);
    return needed ? Optional.empty() : Optional.of(savepoint.get().name());
  }

  /**
   * Deletes the checkpoints of an application that has ended; its savepoints stay.
   *
   * @param needed names of those that have to stay as well
   * @return the names of all that stay
   */
  Set<String> deleteCheckpoints(String application, Set<String> needed) {
    Set<String> stay = new HashSet<>(needed);
    savepoints(application).forEach(savepoint -> stay.add(savepoint.name()));
    List<Op> ops = new ArrayList<>();
    for (StandingCheckpoint each : checkpoints(application)) {
      if (!stay.contains(each.name())) {
        String path = StandingCheckpoint.folder(application) + "/" + each.number();
        ops.add(Op.delete(path, MetadataStore.ANY_VERSION));
      }
    }
    if (!ops.isEmpty()) {
      store.multi(ops);
    }
    return stay;
  }

  private List<StandingCheckpoint> below(String folder) {
    List<StandingCheckpoint> found = new ArrayList<>();
    for (String child : store.children(folder)) {
      if (isNumber(child)) {
        read(folder + "/" + child).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<StandingCheckpoint> read(String path) {
    Optional<Versioned> written = store.get(path);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(json.read(written.get().data(), StandingCheckpoint.class));
    } catch (IOException e) {
      LOG.warn("{} can't be read and is left out: {}", path, e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
