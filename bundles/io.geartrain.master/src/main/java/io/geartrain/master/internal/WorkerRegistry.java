package io.geartrain.master.internal;

import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The workers that have registered, and which of them the store tells to be alive. Owned by {@link
 * MasterState}.
 */
final class WorkerRegistry {
  private final SortedMap<String, RegisterWorker> workers = new TreeMap<>();
  private final Set<String> alive = new HashSet<>();
  private final Map<String, RegisterWorker> vanished = new HashMap<>();
  private final Map<String, Instant> missingSince = new TreeMap<>();

  /** A worker; null if it has not registered. */
  RegisterWorker get(String workerId) {
    return workerId == null ? null : workers.get(workerId);
  }

  /** All of them, by id. */
  Collection<RegisterWorker> all() {
    return workers.values();
  }

  boolean isEmpty() {
    return workers.isEmpty();
  }

  /** The worker of a node. */
  Optional<RegisterWorker> onNode(String nodeId) {
    return workers.values().stream().filter(worker -> worker.nodeId().equals(nodeId)).findFirst();
  }

  void put(RegisterWorker worker) {
    vanished.remove(worker.workerId());
    workers.put(worker.workerId(), worker);
  }

  /** Forgets a worker; false if it was not known. */
  boolean remove(String workerId) {
    return workers.remove(workerId) != null;
  }

  /**
   * Learns which workers the store tells to be alive.
   *
   * @return those that were lost for want of it and are there again
   */
  List<RegisterWorker> onAlive(Set<String> now, Instant time) {
    alive.stream()
        .filter(worker -> !now.contains(worker))
        .forEach(worker -> missingSince.putIfAbsent(worker, time));
    missingSince.keySet().removeAll(now);
    alive.clear();
    alive.addAll(now);
    return vanished.values().stream().filter(worker -> now.contains(worker.workerId())).toList();
  }

  /** Takes those that have been missing for longer than that, to be lost; they may come back. */
  List<RegisterWorker> takeMissing(Duration longerThan, Instant now) {
    List<String> lost =
        missingSince.entrySet().stream()
            .filter(missing -> now.isAfter(missing.getValue().plus(longerThan)))
            .map(Map.Entry::getKey)
            .toList();
    missingSince.keySet().removeAll(lost);
    return lost.stream().map(workers::get).filter(worker -> worker != null).toList();
  }

  /** A worker was lost because it was missing. */
  void vanished(RegisterWorker worker) {
    vanished.put(worker.workerId(), worker);
  }

  /** Whether all that the store tells to be alive have registered, and there is one. */
  boolean allRegistered() {
    return !alive.isEmpty() && workers.keySet().containsAll(alive);
  }
}
