package io.geartrain.coordination;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Passes every call on to another store; a subclass overrides what it does otherwise. All writes
 * come through {@link #multi}, the single ones too. Any thread, as far as the subclass allows.
 */
@ProviderType
public abstract class ForwardingStore implements MetadataStore {

  private final MetadataStore store;

  protected ForwardingStore(MetadataStore store) {
    this.store = Objects.requireNonNull(store, "store");
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
  public List<Integer> multi(List<Op> ops) {
    return store.multi(ops);
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
    return store.toString();
  }
}
