package io.geartrain.coordination;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A store whose writes are all checked against an epoch in the same transaction; reads and watches
 * pass unchanged. Any thread.
 */
final class FencedStore extends ForwardingStore {

  private final Epoch epoch;

  FencedStore(MetadataStore store, Epoch epoch) {
    super(store);
    this.epoch = Objects.requireNonNull(epoch, "epoch");
  }

  @Override
  public List<Integer> multi(List<Op> ops) {
    List<Op> fenced = new ArrayList<>(ops.size() + 1);
    fenced.add(epoch.check());
    fenced.addAll(ops);
    try {
      List<Integer> versions = super.multi(fenced);
      return versions.subList(1, versions.size());
    } catch (CoordinationException.BadVersion | CoordinationException.NoNode e) {
      throw e.path().equals(epoch.path()) ? new CoordinationException.Fenced(epoch, e) : e;
    }
  }

  @Override
  public String toString() {
    return super.toString() + " under epoch " + epoch.value() + " of " + epoch.path();
  }
}
