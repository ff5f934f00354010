package io.geartrain.appmaster.internal;

import java.util.List;

/** What an app master knows of one of its executors; owned by {@link AppMasterState}. */
final class ExecutorEntry {
  /** Life of an executor, as far as its app master has asked for. */
  enum Step {
    LAUNCHING,
    IDLE,
    INSTALLING,
    INSTALLED,
    STOPPING_TASKS,
    STOPPING,
    GONE
  }

  private final String id;
  private final String workerAddress;
  private final List<Integer> slices;
  private Step step = Step.LAUNCHING;
  private String workerId;
  private String address;

  ExecutorEntry(String id, String workerAddress, List<Integer> slices) {
    this.id = id;
    this.workerAddress = workerAddress;
    this.slices = List.copyOf(slices);
  }

  /** The same executor, for these slices. */
  ExecutorEntry withSlices(List<Integer> assigned) {
    ExecutorEntry entry = new ExecutorEntry(id, workerAddress, assigned);
    entry.step = step;
    entry.workerId = workerId;
    entry.address = address;
    return entry;
  }

  void launched(String onWorker, String at) {
    workerId = onWorker;
    address = at;
    step = Step.IDLE;
  }

  void step(Step next) {
    step = next;
  }

  String id() {
    return id;
  }

  String workerAddress() {
    return workerAddress;
  }

  String workerId() {
    return workerId;
  }

  String address() {
    return address;
  }

  List<Integer> slices() {
    return slices;
  }

  boolean is(Step expected) {
    return step == expected;
  }

  Step step() {
    return step;
  }
}
