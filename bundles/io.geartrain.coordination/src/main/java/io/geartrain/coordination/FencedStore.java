package io.geartrain.coordination;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A store whose writes are all checked against an epoch in the same transaction; reads and watches
 * pass unchanged. Any thread.
 */
final class FencedStore implements MetadataStore {

  private final MetadataStore store;
  private final Epoch epoch;

  FencedStore(MetadataStore store, Epoch epoch) {
    this.store = Objects.requireNonNull(store, "store");
    this.epoch = Objects.requireNonNull(epoch, "epoch");
  }

  @Override
  public List<Integer> multi(List<Op> ops) {
    List<Op> fenced = new ArrayList<>(ops.size() + 1);
    fenced.add(epoch.check());
    fenced.addAll(ops);
    try {
      List<Integer> versions = store.multi(fenced);
      return versions.subList(1, versions.size());
    } catch (CoordinationException.BadVersion | CoordinationException.NoNode e) {
      throw e.path().equals(epoch.path()) ? new CoordinationException.Fenced(epoch, e) : e;
    }
  }

  @Override
  public Optional<Versioned> get(String path) {
    return store.get(path);
  }

  @Override
  public List<String> children(String path) {
    return store.children(path);
  }

  @Override
  public boolean exists(String path) {
    return store.exists(path);
  }

  @Override
  public Registration watch(String path, WatchListener listener) {
    return store.watch(path, listener);
  }

  @Override
  public Registration watchSession(SessionListener listener) {
    return store.watchSession(listener);
  }

  @Override
  public SessionState session() {
    return store.session();
  }

  @Override
  public String toString() {
    return store + " under epoch " + epoch.value() + " of " + epoch.path();
  }
}
