package io.geartrain.master.internal;

import io.geartrain.protocol.CheckpointView;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checkpoints that were asked for and do not stand: those in progress, and the last few that
 * failed. Remembered as long as the reign lasts; owned by {@link MasterState}.
 */
final class UnfinishedCheckpoints {
  private static final int FAILED_KEPT = 10;

  private final Map<String, TreeMap<Long, CheckpointView>> views = new HashMap<>();

  /** Remembers how one is now. */
  void keep(CheckpointView view) {
    TreeMap<Long, CheckpointView> ofOne =
        views.computeIfAbsent(view.application(), id -> new TreeMap<>());
    ofOne.put(view.number(), view);
    List<Long> failed =
        ofOne.values().stream()
            .filter(each -> each.state() == CheckpointView.State.FAILED)
            .map(CheckpointView::number)
            .toList();
    failed.stream().limit(Math.max(0, failed.size() - FAILED_KEPT)).forEach(ofOne::remove);
  }

  /** One stands. */
  void remove(String application, long number) {
    TreeMap<Long, CheckpointView> ofOne = views.get(application);
    if (ofOne != null) {
      ofOne.remove(number);
    }
  }

  /** The application is forgotten. */
  void forget(String application) {
    views.remove(application);
  }

  /** The applications that may have some. */
  Set<String> applications() {
    return Set.copyOf(views.keySet());
  }

  /** Those of an application, by number. */
  Collection<CheckpointView> of(String application) {
    TreeMap<Long, CheckpointView> ofOne = views.get(application);
    return ofOne == null ? List.of() : ofOne.values();
  }
}
