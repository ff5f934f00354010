package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.appmaster.internal.CheckpointDecision.Answer;
import io.geartrain.appmaster.internal.CheckpointDecision.Commit;
import io.geartrain.appmaster.internal.CheckpointDecision.Resolve;
import io.geartrain.appmaster.internal.CheckpointDecision.Store;
import io.geartrain.appmaster.internal.CheckpointDecision.Trigger;
import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer.Outcome;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.spi.CheckpointStore.Receipt;
import io.geartrain.state.Manifest;
import io.geartrain.state.Manifest.TaskFile;
import io.geartrain.state.MemoryCheckpointStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Coordinators of several reigns, over one real log in memory: parts that come, fail and are lost,
 * answers that are lost, restarts, deposed ones that act on, and people who ask for checkpoints and
 * savepoints, some to end with.
 */
class CheckpointRandomTest {
  private static final String APP = "count-1a2b";
  private static final Set<String> TASKS = Set.of("lines/0", "lines/1", "out/0");
  private static final CheckpointLimits LIMITS =
      new CheckpointLimits(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ZERO, 2);

  @Test
  void shouldKeepItsPromisesWhateverComes() throws IOException {
    long base = Long.getLong("gear.seed", System.nanoTime());
    for (long seed = base; seed < base + 1_000; seed++) {
      try {
        new World(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": -Dgear.seed=" + seed, e);
      }
    }
  }

  private static final class World {
    private final Random random;
    private final MetadataStore store = new InMemoryEnsemble().connect(Runnable::run);
    private final MemoryCheckpointStore files = new MemoryCheckpointStore();
    private final List<Reign> reigns = new ArrayList<>();
    private final Set<Long> savepoints = new HashSet<>();
    private long lastCommitted;

    /** The savepoint that the application was to end with; 0 if none stands. */
    private long stoppedWith;

    private Instant now = T0;

    World(long seed) {
      random = new Random(seed);
    }

    void run() throws IOException {
      reigns.add(new Reign());
      for (int i = 0; i < 120; i++) {
        now = now.plusMillis(random.nextInt(1_500));
        if (random.nextInt(40) == 0) {
          reigns.add(new Reign());
        }
        Reign reign =
            random.nextInt(4) == 0
                ? reigns.get(random.nextInt(reigns.size()))
                : reigns.get(reigns.size() - 1);
        reign.step();
      }
      for (long savepoint : savepoints) {
        assertThat(store.exists("/savepoints/" + APP + "/" + savepoint)).isTrue();
        assertThat(files.list(APP))
            .anyMatch(name -> name.startsWith("%010d-".formatted(savepoint)));
      }
      assertThat(store.children("/savepoints/" + APP)).hasSameSizeAs(savepoints);
    }

    private final class Reign {
      private final Epoch epoch = Epoch.advance(store, "/apps/" + APP + "/epoch", APP);
      private final CheckpointLog log =
          CheckpointLog.of(store, files, APP, epoch.value(), LIMITS.retained());
      private final CheckpointCoordinator coordinator =
          new CheckpointCoordinator(LIMITS, APP, epoch.value(), 1);
      private final Set<String> parts = new HashSet<>();
      private long open;
      private long greatest;
      private final Map<String, Outcome> answered = new HashMap<>();
      private boolean begun;
      private long held;
      private int requests;

      void step() throws IOException {
        switch (random.nextInt(14)) {
          case 12 -> request();
          case 13 -> take(coordinator.onPublished(coordinator.committed()));
          case 0 -> restart();
          case 1 -> take(coordinator.onPartFailed(open, "out/0", "disk full", now));
          case 2, 3, 4, 5, 6 -> part();
          default -> take(coordinator.tick(now));
        }
      }

      private void request() throws IOException {
        String id = "r" + ++requests;
        boolean savepoint = random.nextInt(3) > 0;
        boolean stop = savepoint && random.nextInt(4) == 0;
        take(coordinator.request(id, new CheckpointWish(savepoint, null, stop, "ada"), now));
        assertThat(answered).as("is answered at once").containsKey(id);
      }

      private void restart() throws IOException {
        if (begun) {
          take(coordinator.end());
          open = 0;
          held = 0;
          assertThat(answered.values()).as("nobody waits").doesNotContain(Outcome.BEGUN);
        }
        if (reigns.get(reigns.size() - 1) != this) {
          begun = false;
          return;
        }
        CheckpointLog.Found found = log.latest();
        long resumed = found.manifest().map(Manifest::checkpoint).orElse(0L);
        assertThat(resumed).as("what is resumed is the last that stands").isEqualTo(lastCommitted);
        assertThat(found.stop()).as("knows it is to end").isEqualTo(stoppedWith != 0);
        if (found.stop()) {
          begun = false;
          return;
        }
        take(coordinator.begin("f", Map.of(), TASKS, found.lastUsed(), now));
        greatest = Math.max(greatest, found.lastUsed());
        begun = true;
      }

      private void part() throws IOException {
        String task = List.copyOf(TASKS).get(random.nextInt(TASKS.size()));
        long checkpoint = open - (random.nextInt(5) == 0 ? 1 : 0);
        if (checkpoint == open) {
          parts.add(task);
        }
        TaskFile file =
            new TaskFile(task, List.of("s"), new Receipt("f-" + checkpoint, 1, 1), null);
        take(coordinator.onPart(checkpoint, file, now));
      }

      private void take(List<CheckpointDecision> decisions) throws IOException {
        for (CheckpointDecision decision : decisions) {
          if (decision instanceof Trigger trigger) {
            assertThat(open).as("one at a time").isZero();
            assertThat(held).as("tasks that are held get no further").isZero();
            held = trigger.hold() ? trigger.checkpoint() : 0;
            assertThat(trigger.checkpoint()).as("numbers rise").isGreaterThan(greatest);
            greatest = trigger.checkpoint();
            open = greatest;
            parts.clear();
          } else if (decision instanceof Store asks) {
            assertThat(parts).as("all parts are there").containsAll(TASKS);
            assertThat(asks.manifest().checkpoint()).isEqualTo(open);
            answer(store(asks.manifest(), asks.record()));
          } else if (decision instanceof Resolve resolve) {
            answer(resolve(resolve.checkpoint()));
          } else if (decision instanceof Commit commit) {
            assertThat(lastCommitted).as("it stands").isGreaterThanOrEqualTo(commit.checkpoint());
            assertThat(commit.last()).isEqualTo(held != 0);
            open = 0;
          } else if (decision instanceof CheckpointDecision.Release release) {
            assertThat(release.checkpoint()).isEqualTo(held);
            held = 0;
          } else if (decision instanceof Answer answer) {
            Outcome before = answered.put(answer.request(), answer.outcome());
            assertThat(before == null || before == Outcome.BEGUN).as("one answer").isTrue();
            assertThat(answer.outcome() == Outcome.STANDS && answer.number() > lastCommitted)
                .as("told to stand, and does not")
                .isFalse();
          } else if (decision instanceof CheckpointDecision.Abort abort) {
            assertThat(abort.checkpoint()).isEqualTo(open);
            open = 0;
          }
        }
      }

      private void answer(List<CheckpointDecision> next) throws IOException {
        take(next);
      }

      private List<CheckpointDecision> store(Manifest manifest, StandingCheckpoint record)
          throws IOException {
        int fate = random.nextInt(6);
        long checkpoint = manifest.checkpoint();
        if (fate == 0) {
          return coordinator.onCommitFailed(checkpoint, "disk full", now);
        }
        if (fate == 1) {
          return coordinator.onCommitUnknown(checkpoint, now);
        }
        try {
          log.commit(withoutFiles(manifest), record);
        } catch (CoordinationException.Fenced | CoordinationException.BadVersion e) {
          return coordinator.onCommitFailed(checkpoint, e.getMessage(), now);
        }
        assertThat(reigns.get(reigns.size() - 1)).as("only the last reign commits").isSameAs(this);
        assertThat(checkpoint).as("what stands rises").isGreaterThan(lastCommitted);
        assertThat(stoppedWith).as("nothing comes after the end").isZero();
        lastCommitted = checkpoint;
        if (manifest.savepoint()) {
          savepoints.add(checkpoint);
        }
        stoppedWith = record.stop() ? checkpoint : 0;
        return fate == 2
            ? coordinator.onCommitUnknown(checkpoint, now)
            : coordinator.onCommitted(checkpoint, now);
      }

      private List<CheckpointDecision> resolve(long checkpoint) {
        try {
          boolean stands = log.settle(checkpoint);
          assertThat(stands).isEqualTo(lastCommitted == checkpoint);
          return stands
              ? coordinator.onCommitted(checkpoint, now)
              : coordinator.onCommitFailed(checkpoint, "no answer", now);
        } catch (CoordinationException.Fenced e) {
          return coordinator.onCommitFailed(checkpoint, e.getMessage(), now);
        }
      }

      /** The files of the parts are not the matter here. */
      private Manifest withoutFiles(Manifest manifest) {
        return manifest.withTasks(List.of());
      }
    }
  }
}
