package io.geartrain.scheduler.pack.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.WorkerSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackSchedulerTest {
  private static final String APP = "word-count-7f3a";

  private final PackScheduler scheduler = new PackScheduler();

  @Test
  void shouldFillOneWorkerBeforeTheNext() {
    List<Decision> decisions = schedule(4, worker("w-1", 4, 4, 0), worker("w-2", 4, 2, 0));

    assertThat(places(decisions)).containsExactly("w-2", "w-2", "w-1", "w-1");
  }

  @Test
  void shouldNameTheWorkersPassedOverAndWhy() {
    List<Decision> decisions =
        schedule(1, worker("w-1", 4, 0, 0), worker("w-2", 4, 2, 2), worker("w-3", 4, 3, 0));

    assertThat(places(decisions)).containsExactly("w-2");
    assertThat(decisions.get(0).reason())
        .isEqualTo(
            "w-2 has the fewest free slots, 2; passed over: "
                + "w-1 has none of its 4 slots free, w-3 has 3 free");
  }

  @Test
  void shouldWaitAndSayWhyWhenNothingIsFree() {
    List<Decision> decisions = schedule(1, worker("w-1", 4, 0, 0), worker("w-2", 2, 0, 0));

    assertThat(decisions).hasExactlyElementsOfTypes(Decision.Wait.class);
    assertThat(decisions.get(0).reason())
        .isEqualTo(
            "no slot is free: w-1 has none of its 4 slots free, w-2 has none of its 2 slots free");
  }

  @Test
  void shouldWaitForTheFirstWorker() {
    List<Decision> decisions = schedule(1);

    assertThat(decisions).hasExactlyElementsOfTypes(Decision.Wait.class);
    assertThat(decisions.get(0).reason()).isEqualTo("no worker has joined the cluster yet");
  }

  @Test
  void shouldShortenTheReasonOnLargeClusters() {
    WorkerSnapshot[] workers =
        IntStream.range(100, 300)
            .mapToObj(i -> worker("w-" + i, 4, 4, 0))
            .toArray(WorkerSnapshot[]::new);

    assertThat(schedule(1, workers).get(0).reason()).endsWith(" and 194 more");
  }

  @Test
  void shouldDecideOnEachRequestOnceWithinCapacityAndAlwaysAlike() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      List<WorkerSnapshot> workers = new ArrayList<>();
      int totalFree = 0;
      for (int i = 0; i < random.nextInt(9); i++) {
        int slots = 1 + random.nextInt(6);
        int free = random.nextInt(slots + 1);
        totalFree += free;
        workers.add(worker("w-" + i, slots, free, random.nextInt(slots - free + 1)));
      }
      List<ResourceRequest> requests = requests(random.nextInt(30));
      ClusterSnapshot cluster = new ClusterSnapshot(workers);

      List<Decision> decisions = scheduler.schedule(cluster, requests);

      assertThat(decisions)
          .as("seed %d", seed)
          .extracting(Decision::request)
          .containsExactlyElementsOf(requests);
      assertThat(scheduler.schedule(cluster, requests)).as("seed %d", seed).isEqualTo(decisions);
      Map<String, Integer> used = new HashMap<>();
      for (Decision decision : decisions) {
        assertThat(decision.reason()).as("seed %d", seed).isNotBlank();
        if (decision instanceof Decision.Assign assign) {
          used.merge(assign.workerId(), 1, Integer::sum);
        }
      }
      for (WorkerSnapshot worker : workers) {
        assertThat(used.getOrDefault(worker.id(), 0))
            .as("seed %d, %s", seed, worker.id())
            .isLessThanOrEqualTo(worker.freeSlots());
      }
      assertThat(used.values().stream().mapToInt(Integer::intValue).sum())
          .as("seed %d: waits only if all is full", seed)
          .isEqualTo(Math.min(totalFree, requests.size()));
    }
  }

  private List<Decision> schedule(int slices, WorkerSnapshot... workers) {
    return scheduler.schedule(new ClusterSnapshot(List.of(workers)), requests(slices));
  }

  private static List<String> places(List<Decision> decisions) {
    return decisions.stream()
        .map(d -> d instanceof Decision.Assign assign ? assign.workerId() : "-")
        .toList();
  }

  private static List<ResourceRequest> requests(int slices) {
    return IntStream.range(0, slices).mapToObj(i -> new ResourceRequest(APP, i)).toList();
  }

  private static WorkerSnapshot worker(String id, int slots, int free, int slicesOfApp) {
    return new WorkerSnapshot(id, slots, free, Map.of(), Map.of(APP, slicesOfApp));
  }
}
