package io.geartrain.execution;

import io.geartrain.state.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers how tasks ended; any thread. */
final class Outcomes implements TaskListener {
  final List<String> finished = Collections.synchronizedList(new ArrayList<>());
  final List<String> cancelled = Collections.synchronizedList(new ArrayList<>());
  final AtomicLong snapshots = new AtomicLong();
  final Map<String, TaskFailure> failed = new ConcurrentHashMap<>();

  @Override
  public void onSnapshot(String taskId, long checkpointId, Manifest.TaskFile file) {
    snapshots.incrementAndGet();
  }

  @Override
  public void onFinished(String taskId) {
    finished.add(taskId);
  }

  @Override
  public void onFailed(String taskId, TaskFailure failure) {
    failed.put(taskId, failure);
  }

  @Override
  public void onCancelled(String taskId) {
    cancelled.add(taskId);
  }

  int ended() {
    return finished.size() + cancelled.size() + failed.size();
  }

  TaskFailure onlyFailure() {
    if (failed.size() != 1) {
      throw new AssertionError("not one failure: " + failed);
    }
    return failed.values().iterator().next();
  }
}
