package io.geartrain.master.internal;

import io.geartrain.master.internal.Effect.TellAppMaster;
import io.geartrain.protocol.MasterToAppMaster;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.StopAppMaster;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Launches app masters on the workers that have the least to do, speaks to them, and has those of
 * the past stopped. Owned by {@link MasterState}.
 */
final class AppMasters {
  private final String masterAddress;
  private final Duration launchLimit;
  private final Map<String, AppEntry> apps;
  private final WorkerRegistry workers;
  private final SlotAllocator slots;
  private final Effects effects;

  /** The last epoch of each application that no app master may live on under. */
  private final Map<String, Long> superseded = new LinkedHashMap<>();

  private Instant settledFrom;

  /**
   * None was launched yet.
   *
   * @param masterAddress where they report to
   * @param launchLimit how long one may take to start
   */
  AppMasters(
      String masterAddress,
      Duration launchLimit,
      Map<String, AppEntry> apps,
      WorkerRegistry workers,
      SlotAllocator slots,
      Effects effects) {
    this.masterAddress = masterAddress;
    this.launchLimit = launchLimit;
    this.apps = apps;
    this.workers = workers;
    this.slots = slots;
    this.effects = effects;
  }

  // ---- launches

  /** Until then none is launched, unless all workers that are alive have registered before. */
  void settleUntil(Instant time) {
    settledFrom = time;
  }

  /** Launches those whose time has come. */
  void launchDue(Instant now) {
    if (workers.isEmpty() || !settled(now)) {
      return;
    }
    for (AppEntry app : apps.values()) {
      if (app.launchFrom != null && !app.ended() && !now.isBefore(app.launchFrom)) {
        launch(app, now);
      }
    }
  }

  private boolean settled(Instant now) {
    return !now.isBefore(settledFrom) || workers.allRegistered();
  }

  private void launch(AppEntry app, Instant now) {
    RegisterWorker worker =
        workers.all().stream()
            .min(Comparator.comparingLong(this::load).thenComparing(RegisterWorker::workerId))
            .orElseThrow();
    app.launchFrom = null;
    app.launchedBy = now.plus(launchLimit);
    app.workerId = worker.workerId();
    effects.tell(worker, new LaunchAppMaster(app.spec, app.epoch(), masterAddress));
  }

  private long load(RegisterWorker worker) {
    long masters =
        apps.values().stream()
            .filter(app -> !app.ended() && worker.workerId().equals(app.workerId))
            .count();
    return masters + worker.slots() - slots.freeSlots(worker.workerId());
  }

  // ---- words

  /** The app master of an application runs, and is told what it has missed. */
  void launched(AppEntry app, String address) {
    app.launchedBy = null;
    boolean unknown = app.address == null;
    app.address = address;
    if (unknown) {
      passCancelOn(app);
    }
    if (unknown && !app.placement.isEmpty()) {
      tell(app, new SlotsDecided(app.id(), app.placement));
    }
  }

  /**
   * The app master of an application has spoken.
   *
   * @param sender its address; null if unknown
   */
  void heardFrom(AppEntry app, String sender) {
    app.launchedBy = null;
    if (app.address == null && sender != null) {
      app.address = sender;
      passCancelOn(app);
    }
  }

  private void passCancelOn(AppEntry app) {
    if (app.cancelledBy != null) {
      tell(app, new StopApplication(app.id(), app.cancelledBy));
    }
  }

  /** Tells the app master of an application; one that was never heard of is told nothing. */
  void tell(AppEntry app, MasterToAppMaster message) {
    if (app.address != null) {
      effects.add(new TellAppMaster(app.address, message));
    }
  }

  /** The node of an application's app master, for people. */
  String nodeOf(AppEntry app) {
    RegisterWorker worker = workers.get(app.workerId);
    return worker == null ? "that ran it" : worker.nodeId();
  }

  // ---- stops

  /** Stops the app master of an application. */
  void stop(AppEntry app) {
    stop(app.workerId, app.id(), app.epoch());
  }

  /** Stops one that a worker runs, if that worker is known. */
  void stop(String workerId, String application, long epoch) {
    RegisterWorker worker = workers.get(workerId);
    if (worker != null) {
      effects.tell(worker, new StopAppMaster(application, epoch));
    }
  }

  /** No app master of the application may live on under the epoch that it has now. */
  void supersede(AppEntry app) {
    superseded.put(app.id(), app.epoch());
  }

  /** A worker that has joined stops whatever it still runs of the past. */
  void stopSuperseded(RegisterWorker worker) {
    superseded.forEach((id, epoch) -> effects.tell(worker, new StopAppMaster(id, epoch)));
  }

  /** The application is forgotten. */
  void forget(String application) {
    superseded.remove(application);
  }
}
