package io.geartrain.deploy.internal;

import io.geartrain.deploy.BundleInspector;
import io.geartrain.deploy.DesiredBundle;
import io.geartrain.deploy.DesiredState;
import io.geartrain.deploy.NodeBundle;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleProblem;
import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the jars in a folder desired on this node: what appears, changes or vanishes there, while
 * the node runs or while it does not. Looks by polling, which works on every file system. Owned by
 * the agent's thread.
 */
final class DeployFolder {
  /** A file that is no good is judged only after it has not changed for so long: it may grow. */
  static final long SETTLE_MS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);

  private final Path folder;
  private final String nodeId;
  private final BundleStore store;
  private final DesiredState desired;
  private final Map<String, Entry> entries = new TreeMap<>();
  private boolean reportedMissing;

  /** Files that were there when vanished ones were last withdrawn; null before the first time. */
  private Set<String> lastPresent;

  DeployFolder(Path folder, String nodeId, BundleStore store, DesiredState desired) {
    this.folder = folder;
    this.nodeId = nodeId;
    this.store = store;
    this.desired = desired;
  }

  /**
   * Looks at the folder, and writes to the desired state what has changed.
   *
   * @param nowMs time on a clock that never goes back, in ms
   * @throws io.geartrain.coordination.CoordinationException if the store does not answer; look
   *     again
   */
  void look(long nowMs) {
    Map<String, Stamp> present;
    try {
      present = list();
      reportedMissing = false;
    } catch (IOException e) {
      if (!reportedMissing) {
        LOG.warn(
            "deploy folder {} can't be read; its bundles stay as they are: {}",
            folder,
            e.toString());
        reportedMissing = true;
      }
      return;
    }
    entries.keySet().retainAll(present.keySet());
    if (!present.keySet().equals(lastPresent)) {
      withdrawVanished(present);
      lastPresent = Set.copyOf(present.keySet());
    }
    present.forEach((file, stamp) -> look(file, stamp, nowMs));
  }

  /** The files that can't be deployed, by name. */
  List<NodeBundle> broken() {
    List<NodeBundle> broken = new ArrayList<>();
    entries.forEach(
        (file, entry) -> {
          if (entry.error != null) {
            broken.add(NodeBundle.brokenFile(file, entry.error));
          }
        });
    return broken;
  }

  private Map<String, Stamp> list() throws IOException {
    Map<String, Stamp> present = new TreeMap<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        Stamp stamp = Stamp.of(jar);
        if (stamp != null && !jar.getFileName().toString().startsWith(".")) {
          present.put(jar.getFileName().toString(), stamp);
        }
      }
    }
    return present;
  }

  private void withdrawVanished(Map<String, Stamp> present) {
    for (DesiredBundle bundle : fromHere()) {
      String file = bundle.origin().substring(DesiredBundle.DEPLOY_FOLDER.length());
      if (!present.containsKey(file) && desired.remove(bundle)) {
        LOG.info("{} is gone from the deploy folder; {} is withdrawn", file, bundle.name());
        // a file that had to stand back may have its turn now
        entries.values().stream()
            .filter(entry -> entry.description != null)
            .forEach(Entry::unsettle);
      }
    }
  }

  private void look(String file, Stamp stamp, long nowMs) {
    Entry entry = entries.computeIfAbsent(file, name -> new Entry());
    if (!stamp.equals(entry.stamp)) {
      entry.stamp = stamp;
      entry.changedMs = nowMs;
      entry.settled = false;
      entry.description = null;
      entry.retryMs = nowMs;
    }
    if (entry.settled || nowMs < entry.retryMs) {
      return;
    }
    try {
      if (entry.description == null) {
        entry.description = take(file);
      }
      if (entry.description != null) {
        deploy(file, entry);
      }
    } catch (BundleProblem e) {
      boolean mayGrow = entry.description == null && nowMs - entry.changedMs < SETTLE_MS;
      if (!mayGrow) {
        // a jar in itself sound stands back for another, which may go away
        entry.settled = entry.description == null;
        entry.retryMs = nowMs + SETTLE_MS;
        fail(file, entry, e.getMessage());
      }
    } catch (IOException e) {
      entry.retryMs = nowMs + SETTLE_MS;
      fail(file, entry, file + " can't be read: " + e.getMessage());
    }
  }

  /** Copies the file into the store; null if it was changed or deleted meanwhile. */
  private BundleDescription take(String file) throws IOException {
    Path jar = folder.resolve(file);
    Stamp before = Stamp.of(jar);
    try {
      BundleDescription found = BundleInspector.inspect(jar, file);
      if (store.find(found.digest()).isEmpty()) {
        try (InputStream bytes = Files.newInputStream(jar)) {
          BundleStore.Stored stored = store.put(bytes);
          if (!stored.digest().equals(found.digest())) {
            store.remove(stored.digest());
            return null;
          }
        }
      }
      return Objects.equals(before, Stamp.of(jar)) ? found : null;
    } catch (NoSuchFileException deleted) {
      return null;
    }
  }

  private void deploy(String file, Entry entry) {
    DesiredBundle bundle = DesiredBundle.fromFolder(entry.description, file, nodeId);
    withdrawOtherNames(bundle);
    if (desired.put(bundle)) {
      LOG.info("{} in the deploy folder is bundle {} {}", file, bundle.name(), bundle.version());
    }
    entry.settled = true;
    entry.error = null;
  }

  /** A file may come to hold a bundle of another name. */
  private void withdrawOtherNames(DesiredBundle bundle) {
    for (DesiredBundle other : fromHere()) {
      if (other.origin().equals(bundle.origin()) && !other.name().equals(bundle.name())) {
        desired.remove(other);
      }
    }
  }

  private List<DesiredBundle> fromHere() {
    return desired.all().stream()
        .filter(bundle -> bundle.selector().equals(nodeId))
        .filter(bundle -> bundle.origin().startsWith(DesiredBundle.DEPLOY_FOLDER))
        .toList();
  }

  private static void fail(String file, Entry entry, String error) {
    if (!error.equals(entry.error)) {
      LOG.warn("{} in the deploy folder can't be deployed: {}", file, error);
    }
    entry.error = error;
  }

  /** What is known of a file. */
  private static final class Entry {
    private Stamp stamp;
    private long changedMs;
    private long retryMs;

    /** What the file holds; null until it could be read. */
    private BundleDescription description;

    /** Whether nothing is left to do until the file changes. */
    private boolean settled;

    private String error;

    void unsettle() {
      settled = false;
      retryMs = Long.MIN_VALUE;
    }
  }

  /** Tells one content of a file from another without reading it. */
  private record Stamp(long size, FileTime modified, Optional<Object> key) {
    static Stamp of(Path file) throws IOException {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return found.isRegularFile()
            ? new Stamp(
                found.size(), found.lastModifiedTime(), Optional.ofNullable(found.fileKey()))
            : null;
      } catch (NoSuchFileException gone) {
        return null;
      }
    }
  }
}
