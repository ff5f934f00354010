package io.geartrain.worker.internal;

import io.geartrain.coordination.Leader;
import io.geartrain.protocol.AppMasterToWorker;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.AppMasterToWorker.StopExecutor;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToWorker;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.ShutDownNode;
import io.geartrain.protocol.MasterToWorker.StopAppMaster;
import io.geartrain.protocol.MasterToWorker.WorkerRegistered;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorRefused;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import io.geartrain.protocol.WorkerToMaster;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.worker.internal.WorkerDecision.StartAppMaster;
import io.geartrain.worker.internal.WorkerDecision.StartExecutor;
import io.geartrain.worker.internal.WorkerDecision.StopChild;
import io.geartrain.worker.internal.WorkerDecision.StopNode;
import io.geartrain.worker.internal.WorkerDecision.TellAppMaster;
import io.geartrain.worker.internal.WorkerDecision.TellMaster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One worker: registers with whoever leads, and keeps the app masters and executors that it was
 * asked to launch. Owned by the worker's actor; knows no clock and no network.
 *
 * <pre>
 * child     (waits →) starts → runs → stops → gone    each end is told to who asked for the child
 * leader    none → announced → registered             announced again until the leader confirms
 * </pre>
 *
 * <p>An app master takes its executors with it; a newer epoch of an application supersedes the
 * older one, and begins when all that belongs to the older one is gone: what an old task closes
 * can't hit what a new one has opened. A child that does not end in time is given up and told as
 * gone.
 */
public final class WorkerState {
  private static final Duration REGISTER_AGAIN = Duration.ofSeconds(1);

  private final WorkerDescription self;
  private final String address;
  private final Duration stopLimit;
  private final Map<String, AppMasterChild> appMasters = new LinkedHashMap<>();
  private final Map<String, ExecutorChild> executors = new LinkedHashMap<>();
  private final List<WorkerDecision> out = new ArrayList<>();

  private Leader leader;
  private boolean registered;
  private Instant announcedAt;

  /**
   * A worker that knows no leader yet.
   *
   * @param address how others reach it
   * @param stopLimit how long a child may take to end
   */
  public WorkerState(WorkerDescription self, String address, Duration stopLimit) {
    this.self = self;
    this.address = address;
    this.stopLimit = stopLimit;
  }

  /** Another leads, or nobody does. */
  public List<WorkerDecision> onLeader(Optional<Leader> now, Instant at) {
    if (now.isEmpty()) {
      leader = null;
      registered = false;
    } else if (!now.get().equals(leader)) {
      leader = now.get();
      registered = false;
      register(at);
    }
    return drain();
  }

  /** The master spoke. */
  public List<WorkerDecision> on(MasterToWorker message, Instant now) {
    if (message instanceof WorkerRegistered m) {
      registered |= leader != null && m.masterEpoch() == leader.epoch();
    } else if (message instanceof LaunchAppMaster m) {
      launch(m, now);
    } else if (message instanceof StopAppMaster m) {
      List.copyOf(appMasters.values()).stream()
          .filter(child -> child.application().equals(m.applicationId()))
          .filter(child -> child.launch.epoch() <= m.epoch())
          .forEach(child -> stop(child, "the master asked for it", now));
    } else if (message instanceof ShutDownNode m) {
      out.add(new StopNode(m.reason()));
    }
    return drain();
  }

  /** An app master spoke. */
  public List<WorkerDecision> on(AppMasterToWorker message, Instant now) {
    if (message instanceof LaunchExecutor m) {
      launch(m);
    } else if (message instanceof StopExecutor m) {
      ExecutorChild child = executors.get(m.executorId());
      if (child != null) {
        stop(child, "its app master asked for it", now);
      }
    }
    return drain();
  }

  /** A child runs and is reached at this address. */
  public List<WorkerDecision> onStarted(String child, String childAddress) {
    AppMasterChild appMaster = appMasters.get(child);
    ExecutorChild executor = executors.get(child);
    if (appMaster != null) {
      appMaster.address = childAddress;
      tellLaunched(appMaster);
    } else if (executor != null) {
      out.add(
          new TellAppMaster(
              executor.launch.appMasterAddress(),
              new ExecutorLaunched(child, self.workerId(), childAddress)));
    }
    return drain();
  }

  /** A child could not be started. */
  public List<WorkerDecision> onRefused(String child, Failure reason) {
    ExecutorChild executor = executors.remove(child);
    AppMasterChild appMaster = appMasters.remove(child);
    if (executor != null) {
      out.add(
          new TellAppMaster(
              executor.launch.appMasterAddress(),
              new ExecutorRefused(child, self.workerId(), reason)));
    } else if (appMaster != null) {
      tellTerminated(appMaster, reason.message());
    }
    startWaiting();
    return drain();
  }

  /**
   * A child is gone.
   *
   * @param reason what it died of; null if it just ended
   */
  public List<WorkerDecision> onTerminated(String child, String reason, Instant now) {
    AppMasterChild appMaster = appMasters.remove(child);
    ExecutorChild executor = executors.remove(child);
    if (appMaster != null) {
      tellTerminated(appMaster, appMaster.why(reason));
      executorsOf(appMaster).forEach(each -> stop(each, "its app master is gone", now));
    } else if (executor != null) {
      tellTerminated(executor, executor.why(reason));
    }
    startWaiting();
    return drain();
  }

  /** Time has passed; called a few times a second. */
  public List<WorkerDecision> tick(Instant now) {
    if (leader != null && !registered && !now.isBefore(announcedAt.plus(REGISTER_AGAIN))) {
      register(now);
    }
    for (ExecutorChild child : List.copyOf(executors.values())) {
      if (child.overdue(now)) {
        executors.remove(child.name());
        tellTerminated(
            child, "it does not end: a task is stuck in user code; its thread ends with the node");
      }
    }
    for (AppMasterChild child : List.copyOf(appMasters.values())) {
      if (child.overdue(now)) {
        appMasters.remove(child.name());
        tellTerminated(child, "it does not end");
      }
    }
    startWaiting();
    return drain();
  }

  /** The leading master knows this worker. */
  boolean registered() {
    return registered;
  }

  /** Who leads; null if nobody does. */
  Leader leader() {
    return leader;
  }

  private void register(Instant now) {
    announcedAt = now;
    tellLeader(
        new RegisterWorker(self.workerId(), self.nodeId(), address, self.slots(), self.labels()));
  }

  private void launch(LaunchAppMaster message, Instant now) {
    AppMasterChild asked = new AppMasterChild(message);
    for (AppMasterChild other : List.copyOf(appMasters.values())) {
      if (!other.application().equals(asked.application())) {
        continue;
      }
      if (other.launch.epoch() == message.epoch()) {
        if (other.address != null) {
          tellLaunched(other);
        }
        return;
      }
      if (other.launch.epoch() > message.epoch()) {
        tellTerminated(asked, "superseded by epoch " + other.launch.epoch());
        return;
      }
      stop(other, "superseded by epoch " + message.epoch(), now);
    }
    appMasters.put(asked.name(), asked);
    startWaiting();
  }

  private void startWaiting() {
    for (AppMasterChild child : appMasters.values()) {
      if (child.waiting && !hasOthers(child)) {
        child.waiting = false;
        out.add(new StartAppMaster(child.name(), child.launch));
      }
    }
  }

  private boolean hasOthers(AppMasterChild child) {
    return appMasters.values().stream()
            .anyMatch(other -> other != child && other.application().equals(child.application()))
        || executors.values().stream()
            .anyMatch(other -> other.launch.spec().id().equals(child.application()));
  }

  private void launch(LaunchExecutor message) {
    if (!executors.containsKey(message.executorId())) {
      executors.put(message.executorId(), new ExecutorChild(message));
      out.add(new StartExecutor(message.executorId(), message));
    }
  }

  private void stop(AppMasterChild child, String why, Instant now) {
    if (child.waiting) {
      appMasters.remove(child.name());
      tellTerminated(child, why + " before it began");
      return;
    }
    stopChild(child, why, now);
    executorsOf(child).forEach(each -> stop(each, why, now));
  }

  private void stop(ExecutorChild child, String why, Instant now) {
    stopChild(child, why, now);
  }

  private void stopChild(Child child, String why, Instant now) {
    if (child.stopBy == null) {
      child.stopBy = now.plus(stopLimit);
      child.stopReason = why;
      out.add(new StopChild(child.name()));
    }
  }

  private List<ExecutorChild> executorsOf(AppMasterChild appMaster) {
    return executors.values().stream()
        .filter(each -> each.launch.spec().id().equals(appMaster.application()))
        .filter(each -> each.launch.epoch() == appMaster.launch.epoch())
        .toList();
  }

  private void tellLaunched(AppMasterChild child) {
    out.add(
        new TellMaster(
            child.launch.masterAddress(),
            new AppMasterLaunched(
                self.workerId(), child.application(), child.launch.epoch(), child.address)));
  }

  private void tellTerminated(AppMasterChild child, String reason) {
    out.add(
        new TellMaster(
            child.launch.masterAddress(),
            new AppMasterTerminated(
                self.workerId(), child.application(), child.launch.epoch(), reason)));
  }

  private void tellTerminated(ExecutorChild child, String reason) {
    out.add(
        new TellAppMaster(
            child.launch.appMasterAddress(),
            new ExecutorTerminated(child.name(), self.workerId(), reason)));
  }

  private void tellLeader(WorkerToMaster message) {
    out.add(new TellMaster(leader.address(), message));
  }

  private List<WorkerDecision> drain() {
    List<WorkerDecision> decisions = List.copyOf(out);
    out.clear();
    return decisions;
  }

  private abstract static class Child {
    Instant stopBy;
    String stopReason;

    abstract String name();

    boolean overdue(Instant now) {
      return stopBy != null && !now.isBefore(stopBy);
    }

    String why(String reason) {
      if (reason != null) {
        return reason;
      }
      return stopReason == null ? "it ended" : stopReason;
    }
  }

  private static final class AppMasterChild extends Child {
    final LaunchAppMaster launch;
    boolean waiting = true;
    String address;

    AppMasterChild(LaunchAppMaster launch) {
      this.launch = launch;
    }

    String application() {
      return launch.spec().id();
    }

    @Override
    String name() {
      return "appmaster-" + application() + "-" + launch.epoch();
    }
  }

  private static final class ExecutorChild extends Child {
    final LaunchExecutor launch;

    ExecutorChild(LaunchExecutor launch) {
      this.launch = launch;
    }

    @Override
    String name() {
      return launch.executorId();
    }
  }
}
