package io.geartrain.master.internal;

import io.geartrain.master.internal.SchedulerHost.BadAnswer;
import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.WorkerSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks what a scheduler answered against what it was asked. Pure. */
final class ScheduleCheck {
  private ScheduleCheck() {}

  /**
   * The decisions in the order of the requests.
   *
   * @throws BadAnswer unless there is exactly one for each request, and those that assign name
   *     workers of the cluster that have the slots free
   */
  static List<Decision> inOrder(
      List<Decision> decisions, ClusterSnapshot cluster, List<ResourceRequest> requests)
      throws BadAnswer {
    if (decisions == null) {
      throw new BadAnswer("answered null");
    }
    Map<String, Integer> free = new HashMap<>();
    for (WorkerSnapshot worker : cluster.workers()) {
      free.put(worker.id(), worker.freeSlots());
    }
    Map<ResourceRequest, Decision> byRequest = new HashMap<>();
    for (Decision decision : List.copyOf(withoutNulls(decisions))) {
      check(decision, free);
      if (byRequest.put(decision.request(), decision) != null) {
        throw new BadAnswer("decided twice on slice " + decision.request().slice());
      }
    }
    List<Decision> ordered = new ArrayList<>(requests.size());
    for (ResourceRequest request : requests) {
      Decision decision = byRequest.remove(request);
      if (decision == null) {
        throw new BadAnswer("decided nothing on slice " + request.slice());
      }
      ordered.add(decision);
    }
    if (!byRequest.isEmpty()) {
      throw new BadAnswer("decided on what nobody asked: " + byRequest.keySet().iterator().next());
    }
    return ordered;
  }

  private static List<Decision> withoutNulls(List<Decision> decisions) throws BadAnswer {
    for (Decision decision : decisions) {
      if (decision == null || decision.request() == null || decision.reason() == null) {
        throw new BadAnswer("answered a decision without a request or a reason: " + decision);
      }
    }
    return decisions;
  }

  private static void check(Decision decision, Map<String, Integer> free) throws BadAnswer {
    if (!(decision instanceof Decision.Assign assign)) {
      return;
    }
    int slice = assign.request().slice();
    Integer left = assign.workerId() == null ? null : free.get(assign.workerId());
    if (left == null) {
      throw new BadAnswer(
          "assigned slice " + slice + " to worker " + assign.workerId() + ", which there is not");
    }
    if (left == 0) {
      throw new BadAnswer(
          "assigned slice "
              + slice
              + " to worker "
              + assign.workerId()
              + ", which has no slot free");
    }
    free.put(assign.workerId(), left - 1);
  }
}
