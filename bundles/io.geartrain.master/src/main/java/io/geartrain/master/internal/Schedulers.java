package io.geartrain.master.internal;

import io.geartrain.protocol.SchedulerView;
import java.util.List;
import java.util.SortedSet;

/** The schedulers that there are. */
public interface Schedulers {
  /** Their names. */
  SortedSet<String> names();

  /** How they are, by name. */
  List<SchedulerView> views();
}
