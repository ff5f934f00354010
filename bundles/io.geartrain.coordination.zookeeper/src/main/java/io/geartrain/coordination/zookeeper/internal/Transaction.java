package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * One multi, tried first as it is and, where a parent turned out to be missing, with the creation
 * of the missing parents before the node, still all or nothing. Confined to the calling thread.
 */
final class Transaction {

  private static final int ATTEMPTS = 10;

  private final ZooKeeper zk;
  private final List<ACL> acl;
  private final List<Op> ops;

  Transaction(ZooKeeper zk, List<ACL> acl, List<Op> ops) {
    this.zk = zk;
    this.acl = acl;
    this.ops = List.copyOf(ops);
    checkSize();
  }

  /** Returns the version of each step's node afterwards. */
  List<Integer> run() {
    List<Step> steps = ops.stream().map(op -> new Step(op, false)).toList();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return versions(steps, zk.multi(steps.stream().map(this::encode).toList()));
      } catch (KeeperException e) {
        int failed = failedStep(e);
        if (failed < 0) {
          throw KeeperErrors.translate(ops.get(0).path(), e);
        }
        Code code = code(e.getResults().get(failed));
        Step step = steps.get(failed);
        boolean parentMissing = step.op() instanceof Op.Create && code == Code.NONODE;
        boolean parentCame = step.parent() && code == Code.NODEEXISTS;
        if (!parentMissing && !parentCame) {
          throw translate(step.op(), code, e);
        }
        steps = withMissingParents();
      } catch (InterruptedException e) {
        throw KeeperErrors.translate(ops.get(0).path(), e);
      }
    }
    throw new CoordinationException.Unavailable(
        ops.get(0).path(), "the parents come and go too quickly", null);
  }

  private List<Step> withMissingParents() {
    Set<String> present = new HashSet<>();
    List<Step> steps = new ArrayList<>();
    for (Op op : ops) {
      if (op instanceof Op.Create create) {
        for (String parent : missingParents(create.path(), present)) {
          steps.add(new Step(Op.create(parent, new byte[0]), true));
          present.add(parent);
        }
        present.add(create.path());
      }
      steps.add(new Step(op, false));
    }
    return steps;
  }

  private List<String> missingParents(String path, Set<String> present) {
    List<String> missing = new ArrayList<>();
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      String parent = path.substring(0, end);
      if (present.contains(parent) || find(parent) != null) {
        break;
      }
      missing.add(0, parent);
    }
    return missing;
  }

  private Stat find(String path) {
    try {
      return zk.exists(path, false);
    } catch (KeeperException | InterruptedException e) {
      throw KeeperErrors.translate(path, e);
    }
  }

  private org.apache.zookeeper.Op encode(Step step) {
    Op op = step.op();
    if (op instanceof Op.Create create) {
      CreateMode mode = create.ephemeral() ? CreateMode.EPHEMERAL : CreateMode.PERSISTENT;
      return org.apache.zookeeper.Op.create(create.path(), create.data(), acl, mode);
    } else if (op instanceof Op.Set set) {
      return org.apache.zookeeper.Op.setData(set.path(), set.data(), set.expectedVersion());
    } else if (op instanceof Op.Delete delete) {
      return org.apache.zookeeper.Op.delete(delete.path(), delete.expectedVersion());
    } else {
      Op.Check check = (Op.Check) op;
      return org.apache.zookeeper.Op.check(check.path(), check.expectedVersion());
    }
  }

  private static List<Integer> versions(List<Step> steps, List<OpResult> results) {
    List<Integer> versions = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step.parent()) {
        continue;
      }
      if (results.get(i) instanceof OpResult.SetDataResult set) {
        versions.add(set.getStat().getVersion());
      } else {
        versions.add(step.op() instanceof Op.Create ? 0 : MetadataStore.ANY_VERSION);
      }
    }
    return List.copyOf(versions);
  }

  /** The step whose failure undid the others; -1 if the transaction did not get that far. */
  private static int failedStep(KeeperException e) {
    List<OpResult> results = e.getResults();
    if (results != null) {
      for (int i = 0; i < results.size(); i++) {
        Code code = code(results.get(i));
        if (code != Code.OK && code != Code.RUNTIMEINCONSISTENCY) {
          return i;
        }
      }
    }
    return -1;
  }

  private static Code code(OpResult result) {
    return result instanceof OpResult.ErrorResult error ? Code.get(error.getErr()) : Code.OK;
  }

  private CoordinationException translate(Op op, Code code, KeeperException e) {
    if (code != Code.BADVERSION) {
      return KeeperErrors.translate(op.path(), KeeperException.create(code, op.path()));
    }
    int expected = MetadataStore.ANY_VERSION;
    if (op instanceof Op.Set set) {
      expected = set.expectedVersion();
    } else if (op instanceof Op.Delete delete) {
      expected = delete.expectedVersion();
    } else if (op instanceof Op.Check check) {
      expected = check.expectedVersion();
    }
    return new CoordinationException.BadVersion(op.path(), expected, versionFound(op.path()));
  }

  private int versionFound(String path) {
    try {
      Stat stat = find(path);
      return stat == null ? CoordinationException.BadVersion.UNKNOWN : stat.getVersion();
    } catch (CoordinationException e) {
      return CoordinationException.BadVersion.UNKNOWN; // only the message is the poorer for it
    }
  }

  private void checkSize() {
    long bytes = 0;
    for (Op op : ops) {
      if (op instanceof Op.Create create) {
        bytes += create.data().length;
      } else if (op instanceof Op.Set set) {
        bytes += set.data().length;
      }
    }
    if (bytes > Op.MAX_DATA_BYTES) {
      throw new IllegalArgumentException(
          "a transaction of " + bytes + " bytes is longer than " + Op.MAX_DATA_BYTES);
    }
  }

  /** A step as sent: one of the caller's, or the creation of a missing parent. */
  private record Step(Op op, boolean parent) {}
}
