package io.geartrain.appmaster.internal;

import io.geartrain.actor.ProtocolJson;
import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Versioned;
import io.geartrain.plan.ErrorText;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.state.DamagedSnapshotException;
import io.geartrain.state.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which checkpoints of an application stand. What is written in the metadata store decides, and
 * every write there is fenced by the application's epoch. Used by one thread; calls block.
 *
 * <pre>
 * /apps/ID/ckpt/N       checkpoint N, as {@link StandingCheckpoint}
 * /apps/ID/ckpt/latest  the name of the last one; empty before the first
 * /savepoints/ID/N      the same as checkpoint N where it is a savepoint
 * </pre>
 */
final class CheckpointLog {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointLog.class);
  private static final String LATEST = "latest";

  /** As {@link Manifest#name} makes them. */
  private static final Pattern NAME = Pattern.compile("([0-9]{10,18})-[0-9]{6,18}");

  /**
   * Where an application has got to.
   *
   * @param manifest of the last checkpoint; empty if none stands
   * @param lastUsed the greatest number that any checkpoint has had, standing or not
   * @param stop whether the application was to end with the last checkpoint
   */
  record Found(Optional<Manifest> manifest, long lastUsed, boolean stop) {}

  private final MetadataStore store;
  private final CheckpointStore files;
  private final String application;
  private final int retained;
  private final String path;
  private final String savepoints;
  private final ProtocolJson json = new ProtocolJson();

  /** Version of the node of the last checkpoint as this one has written it; -1 before. */
  private int version = -1;

  /**
   * The checkpoints of an application.
   *
   * @param fenced the metadata, under the epoch of the application
   */
  CheckpointLog(MetadataStore fenced, CheckpointStore files, String application, int retained) {
    this.store = fenced;
    this.files = files;
    this.application = application;
    this.retained = retained;
    this.path = StandingCheckpoint.folder(application);
    this.savepoints = StandingCheckpoint.savepointFolder(application);
  }

  /**
   * The checkpoints of an application, as seen in one of its epochs.
   *
   * @throws CoordinationException.Fenced if that epoch has passed
   */
  static CheckpointLog of(
      MetadataStore store, CheckpointStore files, String application, long epoch, int retained) {
    String path = "/apps/" + application + "/epoch";
    Epoch current =
        Epoch.current(store, path)
            .orElseThrow(
                () -> new CoordinationException.Failed(path, "it was removed meanwhile", null));
    if (current.value() != epoch) {
      throw new CoordinationException.Fenced(new Epoch(path, epoch, 0, application), null);
    }
    return new CheckpointLog(current.guard(store), files, application, retained);
  }

  /**
   * Finds the last checkpoint and reads all of its files. From then on no commit of the past can
   * still come to stand, be its answer lost or late.
   *
   * @throws DamagedSnapshotException if it is not as it was written
   */
  Found latest() throws IOException {
    String name = touch();
    long lastUsed = 0;
    for (String each : files.list(application)) {
      lastUsed = Math.max(lastUsed, number(each));
    }
    if (name.isEmpty()) {
      return new Found(Optional.empty(), lastUsed, false);
    }
    Manifest manifest = Manifest.load(files, application, name);
    manifest.verify(files);
    long number = manifest.checkpoint();
    boolean stop = read(path + "/" + number).map(StandingCheckpoint::stop).orElse(false);
    return new Found(Optional.of(manifest), Math.max(lastUsed, number), stop);
  }

  /** Writes the last one's name anew, so that whoever knows the old version can't write. */
  private String touch() {
    while (true) {
      Optional<Versioned> found = store.get(path + "/" + LATEST);
      try {
        if (found.isEmpty()) {
          store.create(path + "/" + LATEST, new byte[0]);
          version = 0;
          return "";
        }
        version = store.set(path + "/" + LATEST, found.get().data(), found.get().version());
        return found.get().text();
      } catch (CoordinationException.NodeExists | CoordinationException.BadVersion changed) {
        LOG.debug("{} has changed meanwhile", changed.path());
      }
    }
  }

  /**
   * Saves the manifest, then lets the checkpoint stand; then deletes what is too old.
   *
   * @param record what is written down of it
   * @throws CoordinationException.Unavailable if nobody knows whether it stands: {@link #settle}
   * @throws CoordinationException.Fenced if the epoch has passed; nothing is written then
   */
  void commit(Manifest manifest, StandingCheckpoint record) throws IOException {
    manifest.save(files);
    byte[] written = json.write(record);
    List<Op> ops = new ArrayList<>();
    ops.add(Op.set(path + "/" + LATEST, manifest.name().getBytes(StandardCharsets.UTF_8), version));
    ops.add(Op.create(path + "/" + manifest.checkpoint(), written));
    if (manifest.savepoint()) {
      ops.add(Op.create(savepoints + "/" + manifest.checkpoint(), written));
    }
    version = store.multi(ops).get(0);
    clean(manifest.checkpoint());
  }

  /**
   * Finds out whether a checkpoint stands whose commit got no answer, and settles it for good.
   *
   * @return true if it stands; false if it never will
   */
  boolean settle(long checkpoint) {
    String name = touch();
    return !name.isEmpty() && number(name) == checkpoint;
  }

  /** The numbers of the checkpoints and savepoints that stand, but for the last one. */
  Set<Long> older() {
    TreeSet<Long> numbers = new TreeSet<>(standing());
    store.children(savepoints).forEach(child -> numbers.add(Long.parseLong(child)));
    numbers.pollLast();
    return numbers;
  }

  /** The numbers of the checkpoints that stand, in order. */
  private List<Long> standing() {
    return store.children(path).stream()
        .filter(child -> !child.equals(LATEST))
        .map(Long::valueOf)
        .sorted()
        .toList();
  }

  /**
   * Old ones, and files that no checkpoint claims; what can't be deleted is tried again later. The
   * newest stands whatever happens here.
   */
  private void clean(long newest) {
    try {
      List<Long> standing = standing();
      Set<String> kept = new HashSet<>();
      for (String child : store.children(savepoints)) {
        read(savepoints + "/" + child).map(StandingCheckpoint::name).ifPresent(kept::add);
      }
      for (int i = 0; i < standing.size(); i++) {
        String node = path + "/" + standing.get(i);
        if (i < standing.size() - retained) {
          store.delete(node, MetadataStore.ANY_VERSION);
        } else {
          read(node).map(StandingCheckpoint::name).ifPresent(kept::add);
        }
      }
      for (String name : files.list(application)) {
        long number = number(name);
        if (number > 0 && number <= newest && !kept.contains(name)) {
          files.delete(application, name);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Old checkpoints of {} are not all deleted: {}", application, ErrorText.of(e));
    }
  }

  private Optional<StandingCheckpoint> read(String node) throws IOException {
    Optional<Versioned> written = store.get(node);
    return written.isEmpty()
        ? Optional.empty()
        : Optional.of(json.read(written.get().data(), StandingCheckpoint.class));
  }

  /** The number in a checkpoint's name; 0 if somebody else has put it there. */
  private static long number(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
