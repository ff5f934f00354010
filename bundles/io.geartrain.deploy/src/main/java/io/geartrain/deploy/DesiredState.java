package io.geartrain.deploy;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Versioned;
import io.geartrain.spi.BundleProblem;
import java.util.List;
import java.util.Optional;

/**
 * Which bundles the nodes must have, in the metadata store: one entry for a name on all nodes, and
 * one for a name on one node. A leader passes its store as {@code epoch.guard(store)}, and then
 * writes only while it leads. Any thread; calls block as the store does.
 */
public final class DesiredState {
  /** Below this node of the store the entries stand. */
  public static final String PATH = "/desired/bundles";

  private final MetadataStore store;

  /** The desired state in a store. */
  public DesiredState(MetadataStore store) {
    this.store = store;
  }

  /** All entries, sorted by name, those for all nodes before those for one. */
  public List<DesiredBundle> all() {
    return store.children(PATH).stream()
        .map(key -> store.get(PATH + "/" + key))
        .flatMap(Optional::stream)
        .map(found -> Json.read(found.data(), DesiredBundle.class))
        .toList();
  }

  /** The entry of a name for all nodes, else the first for one node. */
  public Optional<DesiredBundle> find(String name) {
    return all().stream().filter(bundle -> bundle.name().equals(name)).findFirst();
  }

  /**
   * Wants a bundle, in place of what the same nodes wanted under its name.
   *
   * @return false if exactly this was wanted already
   * @throws BundleProblem {@code bundle-conflict} if other bytes are wanted under the same name and
   *     version, or if an upload and a deploy folder would contend for the name
   */
  public boolean put(DesiredBundle bundle) {
    all().forEach(other -> refuseConflict(bundle, other));
    String path = path(bundle);
    byte[] data = Json.write(bundle);
    while (true) {
      Optional<Versioned> found = store.get(path);
      try {
        if (found.isEmpty()) {
          store.create(path, data);
          return true;
        }
        DesiredBundle before = Json.read(found.get().data(), DesiredBundle.class);
        if (before.equals(bundle)) {
          return false;
        }
        refuseConflict(bundle, before);
        store.set(path, data, found.get().version());
        return true;
      } catch (CoordinationException.NodeExists
          | CoordinationException.NoNode
          | CoordinationException.BadVersion lostTheRace) {
        // somebody else wrote the entry in between: judge it anew
      }
    }
  }

  /**
   * Wants a bundle no more on all nodes.
   *
   * @return false if it was not wanted
   * @throws BundleProblem {@code bundle-conflict} if it comes from a deploy folder: the file would
   *     bring it back
   */
  public boolean remove(String name) {
    if (delete(PATH + "/" + name)) {
      return true;
    }
    find(name)
        .ifPresent(
            other -> {
              throw new BundleProblem(
                  "bundle-conflict",
                  "bundle %s comes from the deploy folder of node %s; delete the file %s there"
                      .formatted(name, other.selector(), file(other)));
            });
    return false;
  }

  /** Wants exactly this entry no more; false if it was not there. */
  public boolean remove(DesiredBundle bundle) {
    return delete(path(bundle));
  }

  private boolean delete(String path) {
    try {
      store.delete(path, MetadataStore.ANY_VERSION);
      return true;
    } catch (CoordinationException.NoNode gone) {
      return false;
    }
  }

  private static void refuseConflict(DesiredBundle bundle, DesiredBundle other) {
    if (!other.name().equals(bundle.name()) || other.digest().equals(bundle.digest())) {
      return;
    }
    boolean sameNodes = other.selector().equals(bundle.selector());
    if (!sameNodes && !bundle.selector().equals(DesiredBundle.ALL) && !isForAll(other)) {
      return; // two nodes, each with a folder of its own
    }
    boolean sameFile = sameNodes && !isForAll(other) && other.origin().equals(bundle.origin());
    if (sameFile) {
      return; // the file is the truth
    }
    if (!sameNodes || !isForAll(other)) {
      throw new BundleProblem(
          "bundle-conflict",
          "bundle %s is deployed already in version %s, %s; remove that first"
              .formatted(bundle.name(), other.version(), describe(other)));
    }
    if (other.version().equals(bundle.version())) {
      throw new BundleProblem(
          "bundle-conflict",
          ("bundle %s %s is deployed already with other bytes; raise its version (Bundle-Version),"
                  + " so that the two can be told apart")
              .formatted(bundle.name(), bundle.version()));
    }
  }

  private static boolean isForAll(DesiredBundle bundle) {
    return bundle.selector().equals(DesiredBundle.ALL);
  }

  private static String describe(DesiredBundle bundle) {
    return isForAll(bundle)
        ? "by upload for all nodes (gear undeploy " + bundle.name() + ")"
        : "by the file " + file(bundle) + " in the deploy folder of node " + bundle.selector();
  }

  private static String file(DesiredBundle bundle) {
    return bundle.origin().replace(DesiredBundle.DEPLOY_FOLDER, "");
  }

  private static String path(DesiredBundle bundle) {
    return PATH
        + "/"
        + (isForAll(bundle) ? bundle.name() : bundle.name() + "@" + bundle.selector());
  }
}
