package io.geartrain.simulation.cluster;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.SessionListener;
import io.geartrain.coordination.SessionState;
import io.geartrain.coordination.Versioned;
import io.geartrain.coordination.WatchListener;
import io.geartrain.simulation.fault.Coverage.Sight;
import io.geartrain.simulation.fault.Moment;
import io.geartrain.simulation.time.Life;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The metadata as one process of a machine sees them: at times they do not answer. */
final class Metadata implements MetadataStore {
  private static final Pattern CHECKPOINT = Pattern.compile("/apps/[^/]+/ckpt/\\d+");

  private final World world;
  private final Connection connection;
  private final Life life;
  private final MetadataStore store;

  Metadata(World world, Connection connection, Life life) {
    this.world = world;
    this.connection = connection;
    this.life = life;
    this.store = world.metadata().apply(connection.session());
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
    return store.get(path);
  }

  @Override
  public List<String> children(String path) {
    check(Moment.METADATA, path);
    return store.children(path);
  }

  @Override
  public boolean exists(String path) {
    check(Moment.METADATA, path);
    return store.exists(path);
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
      return store.multi(ops);
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
