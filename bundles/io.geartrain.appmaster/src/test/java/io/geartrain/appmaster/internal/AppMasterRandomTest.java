package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.LIMITS;
import static io.geartrain.appmaster.internal.Samples.NOTHING_FOUND;
import static io.geartrain.appmaster.internal.Samples.NO_CHECKPOINTS;
import static io.geartrain.appmaster.internal.Samples.NO_RESTARTS;
import static io.geartrain.appmaster.internal.Samples.SPEC;
import static io.geartrain.appmaster.internal.Samples.T0;
import static io.geartrain.appmaster.internal.Samples.assign;
import static io.geartrain.appmaster.internal.Samples.plan;
import static io.geartrain.appmaster.internal.Samples.rejects;
import static io.geartrain.appmaster.internal.Samples.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.appmaster.internal.AppMasterDecision.TellMaster;
import io.geartrain.appmaster.internal.AppMasterDecision.Terminate;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer.Outcome;
import io.geartrain.protocol.AppMasterToMaster.StatusReport;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.OutputPublished;
import io.geartrain.protocol.ExecutorToAppMaster.Part;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.PlanningFailed;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorRefused;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import io.geartrain.spi.CheckpointStore.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in whatever order, an application ends, once, and starts nothing after a failure.
 */
class AppMasterRandomTest {
  private static final long EPOCH = 1;
  private static final int[] ORDER = {0, 1, 8, 2, 3, 4, 5, 6, 7};
  private static final Failure WHY = Failure.of("task-failed", "random", null);

  @Test
  void shouldEndOnceWhateverComes() {
    long base = Long.getLong("gear.seed", System.nanoTime());
    for (long seed = base; seed < base + 3_000; seed++) {
      try {
        new Run(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": -Dgear.seed=" + seed, e);
      }
    }
  }

  private static final class Run {
    private final Random random;
    private final AppMasterState state =
        new AppMasterState(
            SPEC, EPOCH, "me", "address-of-w1", 1, LIMITS, NO_CHECKPOINTS, NO_RESTARTS);
    private final Set<String> waiting = new HashSet<>();
    private int requests;
    private long lastTriggered;
    private final List<AppMasterDecision> all = new ArrayList<>();
    private Instant now = T0;

    Run(long seed) {
      random = new Random(seed);
    }

    void run() {
      check(state.start(now));
      int events = random.nextInt(60);
      boolean kind = random.nextBoolean();
      for (int i = 0; i < events; i++) {
        now = now.plusMillis(random.nextInt(500));
        check(kind && random.nextInt(10) > 0 ? good(i) : any());
      }
      check(state.on(new StopApplication(SPEC.id(), "admin"), now));
      for (int i = 0; i < 100; i++) {
        now = now.plusMillis(500);
        check(state.tick(now));
      }
      assertThat(all.stream().filter(Terminate.class::isInstance)).hasSize(1);
      assertThat(all.stream().filter(this::acts)).last().isInstanceOf(Terminate.class);
      assertThat(waiting).as("nobody waits for a checkpoint").isEmpty();
      assertThat(state.state().isTerminal()).isTrue();
      List<ApplicationStatus> terminal =
          reports().stream().filter(status -> status.state().isTerminal()).toList();
      assertThat(terminal).hasSize(1);
      assertThat(terminal.get(0).endedAt()).isNotNull();
    }

    private List<AppMasterDecision> good(int step) {
      return switch (ORDER[step % 9]) {
        case 0 -> state.on(new ExecutorLaunched(id(0), "w1", "at-0"), now);
        case 1 -> state.on(new Planned(id(0), EPOCH, plan(2)), now);
        case 8 -> state.onFound(NOTHING_FOUND, now);
        case 2 -> state.on(slots(random.nextInt(2)), now);
        case 3 -> state.on(new ExecutorLaunched(id(1), "w2", "at-1"), now);
        case 4 -> state.on(new PlanInstalled(id(0), EPOCH), now);
        case 5 -> state.on(new PlanInstalled(id(1), EPOCH), now);
        case 6 -> state.on(new TaskFinished(id(0), EPOCH, task()), now);
        default -> random.nextInt(3) == 0 ? savepoint() : state.tick(now);
      };
    }

    private List<AppMasterDecision> ask() {
      boolean savepoint = random.nextBoolean();
      CheckpointWish wish =
          new CheckpointWish(savepoint, null, savepoint && random.nextBoolean(), "ada");
      String request = "r" + ++requests;
      waiting.add(request);
      return state.on(new MakeCheckpoint(SPEC.id(), request, wish), now);
    }

    /** One that is asked for, and whose parts come, each perhaps more than once. */
    private List<AppMasterDecision> savepoint() {
      List<AppMasterDecision> decided = new ArrayList<>(ask());
      note(decided);
      for (int i = 0; i < 12; i++) {
        decided.addAll(state.on(part(id(random.nextInt(2)), EPOCH), now));
      }
      if (random.nextBoolean()) {
        decided.addAll(state.onCommitted(lastTriggered, now));
        decided.addAll(state.on(new CheckpointCommitted(id(0), EPOCH, lastTriggered), now));
      }
      return decided;
    }

    private SnapshotTaken part(String executor, long epoch) {
      Part part = new Part(task(), List.of("s"), new Receipt("f", 10, 1), null);
      return new SnapshotTaken(executor, epoch, lastTriggered, part);
    }

    private void note(List<AppMasterDecision> decisions) {
      for (AppMasterDecision decision : decisions) {
        if (decision instanceof TellExecutor tell
            && tell.message() instanceof TriggerCheckpoint trigger) {
          lastTriggered = trigger.checkpoint();
        }
      }
    }

    private List<AppMasterDecision> any() {
      String executor = id(random.nextInt(3));
      long epoch = random.nextInt(8) == 0 ? EPOCH - 1 : EPOCH;
      return switch (random.nextInt(21)) {
        case 16 -> ask();
        case 17, 18 -> state.on(part(executor, epoch), now);
        case 19 ->
            random.nextInt(3) == 0
                ? state.onCommitFailed(lastTriggered, "disk full", now)
                : state.onCommitted(lastTriggered, now);
        case 20 -> state.on(new OutputPublished(executor, epoch, lastTriggered), now);
        case 0 -> state.on(new ExecutorLaunched(executor, "w1", "at-x"), now);
        case 1 -> state.on(new ExecutorRefused(executor, "w1", WHY), now);
        case 2 -> state.on(new ExecutorTerminated(executor, "w1", "gone"), now);
        case 3 -> state.on(new Planned(executor, epoch, plan(1 + random.nextInt(3))), now);
        case 4 -> state.on(new PlanningFailed(executor, epoch, WHY), now);
        case 5, 6 -> state.on(slots(random.nextInt(4)), now);
        case 7, 8 -> state.on(new PlanInstalled(executor, epoch), now);
        case 9 -> state.on(new TaskFinished(executor, epoch, task()), now);
        case 10 -> state.on(new TaskFailed(executor, epoch, WHY), now);
        case 14 -> state.onFound(NOTHING_FOUND, now);
        case 15 -> state.on(new CheckpointCommitted(executor, epoch, 0), now);
        case 11 -> state.on(new TasksStopped(executor, epoch), now);
        case 12 -> state.on(new StopApplication(SPEC.id(), "admin"), now);
        default -> {
          now = now.plusSeconds(random.nextInt(20));
          yield state.tick(now);
        }
      };
    }

    private SlotsDecided slots(int kind) {
      return new SlotsDecided(
          SPEC.id(),
          switch (kind) {
            case 0 -> List.of(assign(0, "w1"), assign(1, "w1"));
            case 1 -> List.of(assign(0, "w1"), assign(1, "w2"));
            case 2 -> List.of(assign(0, "w1"), waits(1));
            default -> List.of(rejects(0));
          });
    }

    private String task() {
      return (random.nextBoolean() ? "lines/" : "out/") + random.nextInt(2);
    }

    private static String id(int number) {
      return SPEC.id() + "-" + EPOCH + "-x" + number;
    }

    private void check(List<AppMasterDecision> decisions) {
      boolean over = all.stream().anyMatch(Terminate.class::isInstance);
      assertThat(over && decisions.stream().anyMatch(this::acts))
          .as("acts after its end: %s", decisions)
          .isFalse();
      boolean stopped =
          reports().stream()
              .anyMatch(s -> s.failure() != null || s.state().name().startsWith("CANCEL"));
      note(decisions);
      for (AppMasterDecision decision : decisions) {
        if (decision instanceof TellMaster tell
            && tell.message() instanceof CheckpointAnswer answer
            && answer.outcome() != Outcome.BEGUN) {
          assertThat(waiting.remove(answer.request())).as("one last answer each").isTrue();
        }
        if (stopped && decision instanceof TellExecutor tell) {
          assertThat(tell.message()).isNotInstanceOfAny(StartTasks.class, InstallPlan.class);
        }
      }
      all.addAll(decisions);
    }

    /** It may well turn down what is asked of it after the end. */
    private boolean acts(AppMasterDecision decision) {
      return !(decision instanceof TellMaster tell && tell.message() instanceof CheckpointAnswer);
    }

    private List<ApplicationStatus> reports() {
      return all.stream()
          .filter(TellMaster.class::isInstance)
          .map(d -> ((TellMaster) d).message())
          .filter(StatusReport.class::isInstance)
          .map(m -> ((StatusReport) m).status())
          .toList();
    }
  }
}
