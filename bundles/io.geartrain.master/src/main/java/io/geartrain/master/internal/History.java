package io.geartrain.master.internal;

import io.geartrain.master.internal.Effect.ForgetApplication;
import io.geartrain.master.internal.Effect.RemoveCheckpoints;
import io.geartrain.protocol.ApplicationState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The applications that have ended: which checkpoints of theirs stay, and when they are forgotten
 * themselves. Owned by {@link MasterState}.
 */
final class History {
  private final int length;
  private final Map<String, AppEntry> apps;
  private final AppMasters appMasters;
  private final UnfinishedCheckpoints unfinished;
  private final StartingPoints startingPoints;
  private final Effects effects;

  /**
   * Over these applications, some of which may have ended.
   *
   * @param length how many that ended are kept
   */
  History(
      int length,
      Map<String, AppEntry> apps,
      AppMasters appMasters,
      UnfinishedCheckpoints unfinished,
      StartingPoints startingPoints,
      Effects effects) {
    this.length = length;
    this.apps = apps;
    this.appMasters = appMasters;
    this.unfinished = unfinished;
    this.startingPoints = startingPoints;
    this.effects = effects;
  }

  /** What has completed goes on no more; what has failed or was cancelled may be gone on with. */
  void removeCheckpointsOf(AppEntry app) {
    if (app.state() == ApplicationState.COMPLETED) {
      removeCheckpoints(app.id());
    }
  }

  private void removeCheckpoints(String id) {
    effects.add(new RemoveCheckpoints(id, startingPoints.neededOf(id)));
  }

  /** Forgets those that ended first, where there are more than are kept. */
  void forgetOldest() {
    List<String> ended =
        apps.values().stream()
            .filter(AppEntry::ended)
            .sorted(Comparator.comparing(History::endOf))
            .map(AppEntry::id)
            .toList();
    ended.stream().limit(Math.max(0, ended.size() - length)).forEach(this::forget);
  }

  private static Instant endOf(AppEntry app) {
    return Objects.requireNonNullElse(app.status.endedAt(), app.spec.submittedAt());
  }

  private void forget(String id) {
    apps.remove(id);
    appMasters.forget(id);
    unfinished.forget(id);
    removeCheckpoints(id);
    effects.add(new ForgetApplication(id));
  }
}
