package io.geartrain.execution.internal;

import java.util.List;

/** Hands each record to several outlets. On the task's thread. */
final class FanOutlet extends Outlet {
  private final Outlet[] outlets;
  private long records;

  FanOutlet(String processorId, List<Outlet> outlets) {
    super(processorId);
    this.outlets = outlets.toArray(Outlet[]::new);
  }

  @Override
  void deliver(Object value, long at) {
    records++;
    for (Outlet outlet : outlets) {
      outlet.deliver(value, at);
    }
  }

  @Override
  long records() {
    return records;
  }

  @Override
  boolean watermark(long watermarkMs) {
    boolean all = true;
    for (Outlet outlet : outlets) {
      all &= outlet.watermark(watermarkMs);
    }
    return all;
  }

  @Override
  boolean end() {
    boolean all = true;
    for (Outlet outlet : outlets) {
      all &= outlet.end();
    }
    return all;
  }
}
