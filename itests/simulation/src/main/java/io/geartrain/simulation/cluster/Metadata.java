package io.geartrain.simulation.cluster;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.ForwardingStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Versioned;
import io.geartrain.simulation.fault.Coverage.Sight;
import io.geartrain.simulation.fault.Moment;
import io.geartrain.simulation.time.Life;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The metadata as one process of a machine sees them: at times they do not answer. */
final class Metadata extends ForwardingStore {
  private static final Pattern CHECKPOINT = Pattern.compile("/apps/[^/]+/ckpt/\\d+");

  private final World world;
  private final Connection connection;
  private final Life life;

  Metadata(World world, Connection connection, Life life) {
    super(world.metadata().apply(connection.session()));
    this.world = world;
    this.connection = connection;
    this.life = life;
  }

  private void check(Moment moment, String path) {
    life.check();
    world.faults().at(moment, life);
    if (!connection.available()) {
      throw new CoordinationException.Unavailable(path, "as drawn", null);
    }
  }

  @Override
  public Optional<Versioned> get(String path) {
    check(path.endsWith("/ckpt/latest") ? Moment.SEARCH : Moment.METADATA, path);
    return super.get(path);
  }

  @Override
  public List<String> children(String path) {
    check(Moment.METADATA, path);
    return super.children(path);
  }

  @Override
  public boolean exists(String path) {
    check(Moment.METADATA, path);
    return super.exists(path);
  }

  @Override
  public List<Integer> multi(List<Op> ops) {
    Op last = ops.get(ops.size() - 1);
    Optional<Op> commit = ops.stream().filter(Metadata::isCommit).findFirst();
    boolean saves = last.path().endsWith("/state");
    check(
        commit.isPresent() ? Moment.BEFORE_COMMIT : saves ? Moment.SAVE : Moment.METADATA,
        last.path());
    List<Integer> versions = tried(ops, commit.isPresent());
    if (commit.isPresent()) {
      world.agenda().note(life, "commits " + commit.get().path());
      world.coverage().see(Sight.CHECKPOINT_COMMITTED);
      world.faults().at(Moment.AFTER_COMMIT, life);
    }
    if (connection.takeLostAnswer()) {
      throw new CoordinationException.Unavailable(last.path(), "the answer is lost", null);
    }
    return versions;
  }

  private List<Integer> tried(List<Op> ops, boolean commits) {
    try {
      return super.multi(ops);
    } catch (CoordinationException.BadVersion e) {
      if (commits && e.path().endsWith("/epoch")) {
        world.agenda().note(life, "is fenced");
        world.coverage().see(Sight.COMMIT_FENCED);
      }
      throw e;
    }
  }

  /** Whether it lets a checkpoint stand. */
  private static boolean isCommit(Op op) {
    return op instanceof Op.Create && CHECKPOINT.matcher(op.path()).matches();
  }
}
