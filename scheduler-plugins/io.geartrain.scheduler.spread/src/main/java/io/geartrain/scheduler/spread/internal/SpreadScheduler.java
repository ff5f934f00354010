package io.geartrain.scheduler.spread.internal;

import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.ResourceScheduler;
import io.geartrain.spi.WorkerSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/**
 * Spreads an application over as many workers as there are: each slice goes to the worker that runs
 * the fewest slices of it, then to the one with the most free slots. Pure; any thread.
 */
@Component(name = "io.geartrain.scheduler.spread", property = ResourceScheduler.NAME + "=spread")
public final class SpreadScheduler implements ResourceScheduler {
  private static final int SHOWN = 5;

  /** A worker as it would be after the decisions made so far. */
  private record Candidate(String id, int slots, int free, int running) {
    Candidate(WorkerSnapshot worker, String application) {
      this(worker.id(), worker.slots(), worker.freeSlots(), running(worker, application));
    }

    private static int running(WorkerSnapshot worker, String application) {
      return worker.slicesByApplication().getOrDefault(application, 0);
    }

    @Override
    public String toString() {
      return free > 0
          ? "%s runs %d of its slices and has %d of %d slots free"
              .formatted(id, running, free, slots)
          : id + " has none of its " + slots + " slots free";
    }
  }

  @Override
  public List<Decision> schedule(ClusterSnapshot cluster, List<ResourceRequest> requests) {
    List<Candidate> candidates = new ArrayList<>();
    String application = requests.isEmpty() ? "" : requests.get(0).applicationId();
    cluster.workers().forEach(worker -> candidates.add(new Candidate(worker, application)));
    return requests.stream().map(request -> decide(request, candidates)).toList();
  }

  private static Decision decide(ResourceRequest request, List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return new Decision.Wait(request, "no worker has joined the cluster yet");
    }
    Comparator<Candidate> fewestSlices = Comparator.comparingInt(Candidate::running);
    Optional<Candidate> best =
        candidates.stream()
            .filter(c -> c.free > 0)
            .min(fewestSlices.thenComparing(c -> -c.free).thenComparing(Candidate::id));
    if (best.isEmpty()) {
      return new Decision.Wait(request, "no slot is free: " + list(candidates, c -> true));
    }
    Candidate b = best.get();
    String others = list(candidates, c -> !c.id.equals(b.id));
    candidates.replaceAll(
        c -> c == b ? new Candidate(b.id, b.slots, b.free - 1, b.running + 1) : c);
    String reason = b + (others.isEmpty() ? "" : "; passed over: " + others);
    return new Decision.Assign(request, b.id, reason);
  }

  private static String list(List<Candidate> candidates, Predicate<Candidate> shown) {
    List<String> all = candidates.stream().filter(shown).map(Candidate::toString).toList();
    String first = all.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return all.size() > SHOWN ? first + " and " + (all.size() - SHOWN) + " more" : first;
  }
}
