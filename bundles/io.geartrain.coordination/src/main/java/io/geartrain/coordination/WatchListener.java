package io.geartrain.coordination;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of changes in a sub-tree; called on the store's event thread, in order, one at a time. */
@ConsumerType
@FunctionalInterface
public interface WatchListener {

  /**
   * A node changed. What it throws is logged and otherwise ignored; it may read from the store, and
   * must not wait for another event.
   */
  void onChange(WatchEvent event);
}
