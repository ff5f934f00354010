package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.START;
import static io.geartrain.master.internal.Samples.status;
import static io.geartrain.master.internal.Samples.submission;
import static io.geartrain.master.internal.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.master.internal.Effect.SaveApplication;
import io.geartrain.master.internal.Effect.Schedule;
import io.geartrain.master.internal.Effect.TellWorker;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ClientToMaster.CancelApplication;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import io.geartrain.spi.WorkerSnapshot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random events, late and doubled ones too, must never break what the master promises. */
class MasterRandomTest {
  private static final int SEEDS = 300;
  private static final int EVENTS = 400;

  @Test
  void shouldKeepItsPromisesUnderRandomEvents() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + SEEDS; seed++) {
      new Run(seed).go();
    }
  }

  private static final class Run {
    private final long seed;
    private final Random random;
    private final MasterState state;
    private final Map<String, ApplicationStatus> written = new HashMap<>();
    private final Map<String, Long> launched = new HashMap<>();
    private final Deque<Schedule> asked = new ArrayDeque<>();
    private final Set<String> alive = new HashSet<>();
    private final List<String> trace = new ArrayList<>();
    private int incarnations;
    private Instant now = START;
    private long token;

    Run(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.state =
          new MasterState(
              "node-1",
              1,
              "akka://master",
              MasterLimits.defaults(),
              Samples.SCHEDULERS,
              new Random(seed));
    }

    void go() {
      check("elected", state.onElected(List.of(), "spread", now));
      for (int i = 0; i < EVENTS; i++) {
        event();
      }
    }

    private void event() {
      String worker = "w-" + random.nextInt(3);
      switch (random.nextInt(14)) {
        case 0, 1 -> {
          alive.add(worker);
          boolean again = random.nextInt(4) == 0;
          check(
              "register",
              state.onRegisterWorker(worker(worker, 4, again ? ++incarnations : 0), now));
        }
        case 2 -> {
          if (random.nextInt(3) == 0) {
            check("lost", state.onWorkerLost(worker, "x", now));
          }
        }
        case 3 -> {
          if (random.nextInt(3) == 0) {
            alive.remove(worker);
          }
          check("alive", state.onWorkersAlive(Set.copyOf(alive), now));
        }
        case 4 -> {
          if (written.size() < 8) {
            check("submit", state.onSubmit(++token, submission(), BUNDLE, now));
          }
        }
        case 5 ->
            check(
                "launched",
                state.onAppMasterLaunched(
                    new AppMasterLaunched(worker, app(), epoch(), "akka://am"), now));
        case 6 -> {
          if (random.nextInt(3) == 0) {
            check(
                "terminated",
                state.onAppMasterTerminated(
                    new AppMasterTerminated(worker, app(), epoch(), "x"), now));
          }
        }
        case 7, 8 ->
            check(
                "request",
                state.onRequestSlots(
                    new RequestSlots(app(), epoch(), random.nextInt(6)), "akka://am", now));
        case 9, 10 -> check("report", state.onStatusReport(report(), "akka://am", now));
        case 11 -> {
          if (random.nextInt(4) == 0) {
            check("cancel", state.onCancel(++token, new CancelApplication(app(), "ada"), now));
          }
        }
        case 12 -> {
          now = now.plusMillis(random.nextInt(3000));
          check("tick", state.onTick(now));
        }
        default -> {
          Schedule schedule = asked.poll();
          if (schedule != null) {
            check(
                "scheduled",
                state.onScheduled(
                    schedule.applicationId(),
                    schedule.epoch(),
                    Samples.decide(schedule.cluster(), schedule.requests()),
                    now));
          }
        }
      }
    }

    private String app() {
      List<String> ids = List.copyOf(written.keySet());
      return ids.isEmpty() ? "none" : ids.get(random.nextInt(ids.size()));
    }

    private long epoch() {
      return 1 + random.nextInt(3);
    }

    private ApplicationStatus report() {
      ApplicationState[] states = ApplicationState.values();
      int bound = random.nextInt(4) == 0 ? states.length : ApplicationState.RUNNING.ordinal() + 1;
      return status(app(), epoch(), states[random.nextInt(bound)]);
    }

    private void check(String event, List<Effect> effects) {
      trace.add(event + " → " + effects);
      for (Effect effect : effects) {
        if (effect instanceof SaveApplication save) {
          written(save.status());
        } else if (effect instanceof Schedule schedule) {
          asked.add(schedule);
        } else if (effect instanceof TellWorker tell
            && tell.message() instanceof LaunchAppMaster launch) {
          launched(launch);
        }
      }
      assertThat(asked).as(why("one question to the schedulers at a time")).hasSizeLessThan(2);
      for (WorkerSnapshot worker : state.snapshot().workers()) {
        int used = worker.slicesByApplication().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(used).as(why("slots of " + worker.id())).isBetween(0, worker.slots());
        assertThat(worker.freeSlots()).as(why("free")).isEqualTo(worker.slots() - used);
        worker
            .slicesByApplication()
            .keySet()
            .forEach(
                id ->
                    assertThat(written.get(id).state().isTerminal())
                        .as(why("no slots for the dead " + id))
                        .isFalse());
      }
    }

    private void written(ApplicationStatus status) {
      ApplicationStatus before = written.put(status.applicationId(), status);
      if (before != null) {
        assertThat(before.state().isTerminal()).as(why("an end is final")).isFalse();
        assertThat(status.epoch()).as(why("epochs rise")).isGreaterThanOrEqualTo(before.epoch());
        if (status.epoch() == before.epoch()) {
          assertThat(status.state()).as(why("states go on")).isGreaterThan(before.state());
        }
      }
    }

    private void launched(LaunchAppMaster launch) {
      String id = launch.spec().id();
      Long before = launched.put(id, launch.epoch());
      assertThat(launch.epoch()).as(why("one app master an epoch")).isNotEqualTo(before);
      assertThat(written.get(id).epoch()).as(why("written first")).isEqualTo(launch.epoch());
      assertThat(written.get(id).state().isTerminal()).as(why("no dead launched")).isFalse();
    }

    private String why(String promise) {
      int from = Math.max(0, trace.size() - 12);
      return promise
          + ", seed "
          + seed
          + "\n"
          + String.join("\n", trace.subList(from, trace.size()));
    }
  }
}
