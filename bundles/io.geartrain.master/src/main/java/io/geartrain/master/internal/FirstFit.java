package io.geartrain.master.internal;

import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.ResourceScheduler;
import io.geartrain.spi.WorkerSnapshot;
import java.util.ArrayList;
import java.util.List;

/** The last resort: the first worker with a free slot, so that a node never stands still. Pure. */
final class FirstFit implements ResourceScheduler {
  @Override
  public List<Decision> schedule(ClusterSnapshot cluster, List<ResourceRequest> requests) {
    List<Decision> decisions = new ArrayList<>(requests.size());
    int next = 0;
    int used = 0;
    for (ResourceRequest request : requests) {
      List<WorkerSnapshot> workers = cluster.workers();
      while (next < workers.size() && used >= workers.get(next).freeSlots()) {
        next++;
        used = 0;
      }
      if (next == workers.size()) {
        decisions.add(new Decision.Wait(request, "no worker has a slot free"));
      } else {
        String worker = workers.get(next).id();
        decisions.add(new Decision.Assign(request, worker, "first worker with a free slot"));
        used++;
      }
    }
    return decisions;
  }
}
