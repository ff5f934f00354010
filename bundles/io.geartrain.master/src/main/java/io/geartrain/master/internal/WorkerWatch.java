package io.geartrain.master.internal;

import io.geartrain.master.internal.Effect.Note;
import io.geartrain.protocol.MasterToWorker.WorkerRegistered;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Workers come and go: one that joins is told the epoch and what it must stop, and what ran on one
 * that is lost hears of it. Owned by {@link MasterState}.
 */
final class WorkerWatch {
  private final long epoch;
  private final Duration missing;
  private final Map<String, AppEntry> apps;
  private final WorkerRegistry workers;
  private final AppMasters appMasters;
  private final Lives lives;
  private final SlotAllocator slots;
  private final Effects effects;

  /**
   * No worker has come yet.
   *
   * @param epoch of the reign
   * @param missing how long a worker may be absent from the store before it is lost
   */
  WorkerWatch(
      long epoch,
      Duration missing,
      Map<String, AppEntry> apps,
      WorkerRegistry workers,
      AppMasters appMasters,
      Lives lives,
      SlotAllocator slots,
      Effects effects) {
    this.epoch = epoch;
    this.missing = missing;
    this.apps = apps;
    this.workers = workers;
    this.appMasters = appMasters;
    this.lives = lives;
    this.slots = slots;
    this.effects = effects;
  }

  /** A worker has come, or tells once more that it is there. */
  void register(RegisterWorker message, Instant now) {
    RegisterWorker before = workers.get(message.workerId());
    if (before != null && !before.address().equals(message.address())) {
      remove(message.workerId(), "it was started again", now);
    }
    workers.put(message);
    effects.tell(message, new WorkerRegistered(epoch));
    if (before == null || !before.address().equals(message.address())) {
      effects.note("Worker %s has joined with %d slots", message.workerId(), message.slots());
      appMasters.stopSuperseded(message);
    }
    slots.capacityChanged();
  }

  /**
   * The workers that the store tells to be alive. One that was and is missing for some time is
   * lost; should it appear again, as after a session that was lost and found, it is taken back.
   */
  void alive(Set<String> alive, Instant now) {
    List<RegisterWorker> back = workers.onAlive(alive, now);
    for (RegisterWorker worker : back) {
      register(worker, now);
    }
  }

  /** A worker is gone. */
  void lose(String workerId, String reason, Instant now) {
    remove(workerId, reason, now);
    slots.capacityChanged();
  }

  /** Time has passed: loses those that have been missing for too long. */
  void tick(Instant now) {
    for (RegisterWorker worker : workers.takeMissing(missing, now)) {
      remove(worker.workerId(), "its session has ended", now);
      workers.vanished(worker);
      slots.capacityChanged();
    }
  }

  private void remove(String workerId, String reason, Instant now) {
    if (!workers.remove(workerId)) {
      return;
    }
    List<AppEntry> hit =
        apps.values().stream()
            .filter(app -> !app.ended())
            .filter(app -> workerId.equals(app.workerId) || app.slotsOn(workerId) > 0)
            .toList();
    // one that nothing runs on goes like this whenever a node is stopped
    effects.add(new Note(!hit.isEmpty(), "Worker " + workerId + " is lost: " + reason));
    hit.forEach(app -> lives.workerLost(app, "worker " + workerId + " is lost: " + reason, now));
  }
}
