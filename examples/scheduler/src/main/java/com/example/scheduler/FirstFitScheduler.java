package com.example.scheduler;

import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.ResourceScheduler;
import io.geartrain.spi.WorkerSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Gives each slice to the first worker by name that has a free slot. */
@Component(property = ResourceScheduler.NAME + "=first-fit")
public final class FirstFitScheduler implements ResourceScheduler {
  @Override
  public List<Decision> schedule(ClusterSnapshot cluster, List<ResourceRequest> requests) {
    Map<String, Integer> taken = new HashMap<>();
    return requests.stream().map(request -> decide(request, cluster, taken)).toList();
  }

  private static Decision decide(
      ResourceRequest request, ClusterSnapshot cluster, Map<String, Integer> taken) {
    for (WorkerSnapshot worker : cluster.workers()) {
      if (worker.freeSlots() > taken.getOrDefault(worker.id(), 0)) {
        taken.merge(worker.id(), 1, Integer::sum);
        return new Decision.Assign(request, worker.id(), "the first worker with a free slot");
      }
    }
    return new Decision.Wait(request, "no worker has a free slot");
  }
}
