package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.ExecutorEntry.Step;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToExecutor.StopTasks;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.AppMasterToWorker.StopExecutor;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.Placement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The executors of one application, those of the past included: launches, tells and stops them.
 * Owned by {@link AppMasterState}.
 */
final class ExecutorTable {
  private final ApplicationSpec spec;
  private final long epoch;
  private final String address;
  private final Decisions out;
  private final Map<String, ExecutorEntry> executors = new LinkedHashMap<>();

  /**
   * No executor yet.
   *
   * @param address how executors reach the app master
   */
  ExecutorTable(ApplicationSpec spec, long epoch, String address, Decisions out) {
    this.spec = spec;
    this.epoch = epoch;
    this.address = address;
    this.out = out;
  }

  /** An executor that was launched in this epoch. */
  Optional<ExecutorEntry> find(String executorId) {
    return Optional.ofNullable(executors.get(executorId));
  }

  /**
   * Whether a message is of this epoch, and of an executor that is not gone. What one has said may
   * come after the word of its end, for others bring that; its tasks may run elsewhere by then.
   */
  boolean hears(ExecutorToAppMaster message) {
    ExecutorEntry executor = executors.get(message.executorId());
    return message.epoch() == epoch && executor != null && !executor.is(Step.GONE);
  }

  /** Those that are not gone. */
  List<ExecutorEntry> live() {
    return executors.values().stream().filter(each -> !each.is(Step.GONE)).toList();
  }

  /** Those that have slices. */
  List<ExecutorEntry> used() {
    return live().stream().filter(each -> !each.slices().isEmpty()).toList();
  }

  /** Whether all that have slices have come so far. */
  boolean allUsedAre(Step step) {
    return used().stream().allMatch(executor -> executor.is(step));
  }

  /** Whether an executor that is installed has this task: task i of a chain is of slice i. */
  boolean has(String executorId, String task) {
    ExecutorEntry executor = executors.get(executorId);
    return executor.is(Step.INSTALLED)
        && executor.slices().stream().anyMatch(slice -> task.endsWith("/" + slice));
  }

  /** Launches one more. */
  void launch(String workerAddress, List<Integer> slices) {
    String id = "%s-%d-x%d".formatted(spec.id(), epoch, executors.size());
    executors.put(id, new ExecutorEntry(id, workerAddress, slices));
    out.tellWorker(workerAddress, new LaunchExecutor(id, spec, epoch, address));
  }

  /** Gives the slices to executors on their workers, one each; the idle ones first. */
  void place(Map<Integer, Placement> bySlice) {
    Map<String, List<Integer>> slicesOf = new LinkedHashMap<>();
    Map<String, String> addressOf = new LinkedHashMap<>();
    bySlice.forEach(
        (slice, placement) -> {
          slicesOf.computeIfAbsent(placement.workerId(), id -> new ArrayList<>()).add(slice);
          addressOf.put(placement.workerId(), placement.workerAddress());
        });
    for (ExecutorEntry idle : live()) {
      List<Integer> slices = slicesOf.remove(idle.workerId());
      if (slices != null) {
        executors.put(idle.id(), idle.withSlices(slices));
      } else if (idle.is(Step.IDLE)) {
        stop(idle);
      }
    }
    slicesOf.forEach((worker, slices) -> launch(addressOf.get(worker), slices));
  }

  /** Tells all that have slices. */
  void tellUsed(AppMasterToExecutor message) {
    used().forEach(each -> tell(each, message));
  }

  void tell(ExecutorEntry executor, AppMasterToExecutor message) {
    out.tellExecutor(executor.address(), message);
  }

  /**
   * Stops all.
   *
   * @param tasksFirst whether tasks are to stop and close what they hold before that
   */
  void stopAll(boolean tasksFirst) {
    for (ExecutorEntry executor : live()) {
      boolean hasTasks = executor.is(Step.INSTALLING) || executor.is(Step.INSTALLED);
      if (hasTasks && tasksFirst) {
        executor.step(Step.STOPPING_TASKS);
        tell(executor, new StopTasks(epoch));
      } else if (!executor.is(Step.STOPPING)) {
        stop(executor);
      }
    }
  }

  /** Stops those that were to stop their tasks first, and have not. */
  void stopAtLast() {
    live().stream().filter(each -> !each.is(Step.STOPPING)).forEach(this::stop);
  }

  void stop(ExecutorEntry executor) {
    executor.step(Step.STOPPING);
    out.tellWorker(executor.workerAddress(), new StopExecutor(executor.id()));
  }
}
