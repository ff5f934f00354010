package io.geartrain.scheduler.pack.internal;

import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.ResourceScheduler;
import io.geartrain.spi.WorkerSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/**
 * Fills one worker before it begins the next, so that whole workers stay free: each slice goes to
 * the worker with the fewest free slots, at least one. Pure; any thread.
 */
@Component(name = "io.geartrain.scheduler.pack", property = ResourceScheduler.NAME + "=pack")
public final class PackScheduler implements ResourceScheduler {
  private static final int SHOWN = 5;

  @Override
  public List<Decision> schedule(ClusterSnapshot cluster, List<ResourceRequest> requests) {
    Map<String, Integer> free = new TreeMap<>();
    cluster.workers().forEach(worker -> free.put(worker.id(), worker.freeSlots()));
    return requests.stream().map(request -> decide(request, cluster.workers(), free)).toList();
  }

  private static Decision decide(
      ResourceRequest request, List<WorkerSnapshot> workers, Map<String, Integer> free) {
    if (workers.isEmpty()) {
      return new Decision.Wait(request, "no worker has joined the cluster yet");
    }
    Optional<Map.Entry<String, Integer>> fullest =
        free.entrySet().stream().filter(e -> e.getValue() > 0).min(Map.Entry.comparingByValue());
    if (fullest.isEmpty()) {
      return new Decision.Wait(request, "no slot is free: " + describe(workers, free, id -> true));
    }
    String chosen = fullest.get().getKey();
    String others = describe(workers, free, id -> !id.equals(chosen));
    String reason =
        "%s has the fewest free slots, %d%s"
            .formatted(
                chosen, free.get(chosen), others.isEmpty() ? "" : "; passed over: " + others);
    free.merge(chosen, -1, Integer::sum);
    return new Decision.Assign(request, chosen, reason);
  }

  private static String describe(
      List<WorkerSnapshot> workers, Map<String, Integer> free, Predicate<String> shown) {
    List<String> all =
        workers.stream()
            .filter(worker -> shown.test(worker.id()))
            .map(
                worker ->
                    free.get(worker.id()) > 0
                        ? worker.id() + " has " + free.get(worker.id()) + " free"
                        : worker.id() + " has none of its " + worker.slots() + " slots free")
            .toList();
    String first = all.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return all.size() > SHOWN ? first + " and " + (all.size() - SHOWN) + " more" : first;
  }
}
