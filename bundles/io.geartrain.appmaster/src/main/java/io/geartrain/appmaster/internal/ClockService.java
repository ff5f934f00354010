package io.geartrain.appmaster.internal;

import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.Waiting;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedChain;
import io.geartrain.plan.PlannedEdge;
import io.geartrain.plan.Routing;
import io.geartrain.protocol.ClockStatus;
import io.geartrain.time.GlobalClock;
import io.geartrain.time.GlobalClock.Place;
import io.geartrain.time.StallDetector;
import io.geartrain.time.StallDetector.Stall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Keeps an application's clock by what its tasks report. Owned by the state. */
final class ClockService {
  /** How long a task stands still before it is named. */
  static final Duration STALL_AFTER = Duration.ofSeconds(5);

  private final GlobalClock clock;
  private final StallDetector detector;
  private Optional<Stall> stall = Optional.empty();

  ClockService(ExecutionPlan plan) {
    this.clock = new GlobalClock(senders(plan));
    this.detector = new StallDetector(clock, STALL_AFTER.toMillis());
  }

  private static Map<String, Set<String>> senders(ExecutionPlan plan) {
    Map<String, Set<String>> senders = new LinkedHashMap<>();
    for (PlannedChain chain : plan.chains()) {
      Set<String> toAll = new HashSet<>();
      List<PlannedChain> oneToOne = new ArrayList<>();
      for (PlannedEdge edge : plan.inputs(chain.head())) {
        PlannedChain giver = plan.chains().get(plan.processor(edge.from()).chain());
        if (edge.routing() == Routing.FORWARD) {
          oneToOne.add(giver);
        } else {
          tasks(giver).forEach(toAll::add);
        }
      }
      for (int index = 0; index < chain.parallelism(); index++) {
        Set<String> own = oneToOne.isEmpty() ? toAll : new HashSet<>(toAll);
        for (PlannedChain giver : oneToOne) {
          own.add(giver.taskId(index));
        }
        senders.put(chain.taskId(index), own);
      }
    }
    return senders;
  }

  private static Stream<String> tasks(PlannedChain chain) {
    return IntStream.range(0, chain.parallelism()).mapToObj(chain::taskId);
  }

  /** Takes the counters of some tasks. */
  void accept(List<TaskMetrics> reported, Instant now) {
    for (TaskMetrics task : reported) {
      clock.tell(
          task.taskId(),
          new Place(
              task.watermark(), task.newest(), GlobalClock.Waiting.valueOf(task.waiting().name())));
    }
    stall = detector.look(now.toEpochMilli());
  }

  /** Nothing runs any more, so nothing stalls. */
  void stop() {
    stall = Optional.empty();
  }

  /** How far a watermark is behind the newest event time; null where that has no meaning. */
  Long lagMs(Long watermark) {
    long lag = watermark == null ? -1 : clock.lagMs(watermark);
    return lag < 0 ? null : lag;
  }

  /** Where the application is. */
  ClockStatus status() {
    Long watermark = known(clock.watermark());
    String heldBy = heldBy();
    return new ClockStatus(
        watermark,
        known(clock.newest()),
        lagMs(watermark),
        heldBy,
        heldBy == null ? Waiting.NO : Waiting.valueOf(clock.place(heldBy).waiting().name()),
        stall.map(Stall::task).orElse(null),
        stall.map(Stall::sinceMs).map(Instant::ofEpochMilli).orElse(null));
  }

  private String heldBy() {
    long watermark = clock.watermark();
    if (watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE) {
      return null;
    }
    return stall
        .map(Stall::task)
        .filter(task -> clock.place(task).watermark() == watermark)
        .or(
            () ->
                clock.tasks().stream()
                    .filter(task -> clock.place(task).watermark() == watermark)
                    .min(Comparator.comparing(task -> clock.place(task).idle())))
        .orElse(null);
  }

  private static Long known(long time) {
    return time == Long.MIN_VALUE ? null : time;
  }
}
