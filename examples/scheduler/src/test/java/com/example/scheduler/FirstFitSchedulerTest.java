package com.example.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.WorkerSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstFitSchedulerTest {
  @Test
  void shouldFillTheFirstWorkerThenTheNextThenWait() {
    WorkerSnapshot full = new WorkerSnapshot("w-1", 4, 0, Map.of(), Map.of());
    WorkerSnapshot free = new WorkerSnapshot("w-2", 4, 1, Map.of(), Map.of());
    ResourceRequest first = new ResourceRequest("app-1", 0);
    ResourceRequest second = new ResourceRequest("app-1", 1);

    List<Decision> decisions =
        new FirstFitScheduler()
            .schedule(new ClusterSnapshot(List.of(full, free)), List.of(first, second));

    assertEquals(
        List.of(
            new Decision.Assign(first, "w-2", "the first worker with a free slot"),
            new Decision.Wait(second, "no worker has a free slot")),
        decisions);
  }
}
