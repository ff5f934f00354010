package io.geartrain.simulation.guard;

import io.geartrain.coordination.ForwardingStore;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import java.util.ArrayList;
import java.util.List;

/** Metadata in which whoever commits a checkpoint may, whatever has happened meanwhile. */
final class Unfenced extends ForwardingStore {

  Unfenced(MetadataStore store) {
    super(store);
  }

  @Override
  public List<Integer> multi(List<Op> ops) {
    if (ops.stream().noneMatch(op -> op.path().contains("/ckpt/"))) {
      return super.multi(ops);
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
    checks.addAll(super.multi(unchecked));
    return checks;
  }
}
