package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.appmaster.internal.AppMasterDecision.TellMaster;
import io.geartrain.appmaster.internal.AppMasterDecision.TellWorker;
import io.geartrain.appmaster.internal.AppMasterDecision.Warn;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToMaster;
import io.geartrain.protocol.AppMasterToWorker;
import java.util.ArrayList;
import java.util.List;

/** Collects what is decided while one event is handled; owned by {@link AppMasterState}. */
final class Decisions {
  private List<AppMasterDecision> collected = new ArrayList<>();

  void add(AppMasterDecision decision) {
    collected.add(decision);
  }

  void tellMaster(AppMasterToMaster message) {
    add(new TellMaster(message));
  }

  void tellWorker(String address, AppMasterToWorker message) {
    add(new TellWorker(address, message));
  }

  void tellExecutor(String address, AppMasterToExecutor message) {
    add(new TellExecutor(address, message));
  }

  void warn(String format, Object... values) {
    add(new Warn(format.formatted(values)));
  }

  /** All of it, in order; nothing is left. */
  List<AppMasterDecision> drain() {
    List<AppMasterDecision> drained = List.copyOf(collected);
    collected = new ArrayList<>();
    return drained;
  }
}
