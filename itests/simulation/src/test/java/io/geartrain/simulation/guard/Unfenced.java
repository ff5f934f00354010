package io.geartrain.simulation.guard;

import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.SessionListener;
import io.geartrain.coordination.SessionState;
import io.geartrain.coordination.Versioned;
import io.geartrain.coordination.WatchListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Metadata in which whoever commits a checkpoint may, whatever has happened meanwhile. */
final class Unfenced implements MetadataStore {
  private final MetadataStore store;

  Unfenced(MetadataStore store) {
    this.store = store;
  }

  @Override
  public List<Integer> multi(List<Op> ops) {
    if (ops.stream().noneMatch(op -> op.path().contains("/ckpt/"))) {
      return store.multi(ops);
    }
    List<Op> unchecked = new ArrayList<>();
    List<Integer> checks = new ArrayList<>();
    for (Op op : ops) {
      if (op instanceof Op.Check) {
        checks.add(ANY_VERSION);
      } else if (op instanceof Op.Set set) {
        unchecked.add(Op.set(set.path(), set.data(), ANY_VERSION));
      } else {
        unchecked.add(op);
      }
    }
    checks.addAll(store.multi(unchecked));
    return checks;
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
}
