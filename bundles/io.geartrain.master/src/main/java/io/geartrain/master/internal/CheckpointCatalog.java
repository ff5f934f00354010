package io.geartrain.master.internal;

import io.geartrain.master.internal.Effect.RemoveSavepoint;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.ClientToMaster.DeleteSavepoint;
import io.geartrain.protocol.MasterToClient.CheckpointsReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.StandingCheckpoint;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lists for clients the checkpoints that stand and those that do not, and deletes savepoints that
 * nobody needs. What stands is told with each request. Owned by {@link MasterState}.
 */
final class CheckpointCatalog {
  private final Map<String, AppEntry> apps;
  private final UnfinishedCheckpoints unfinished;
  private final StartingPoints startingPoints;
  private final Effects effects;

  CheckpointCatalog(
      Map<String, AppEntry> apps,
      UnfinishedCheckpoints unfinished,
      StartingPoints startingPoints,
      Effects effects) {
    this.apps = apps;
    this.unfinished = unfinished;
    this.startingPoints = startingPoints;
    this.effects = effects;
  }

  /**
   * Somebody asks for the checkpoints of an application.
   *
   * @param standing those that stand
   * @param savepoints those of its savepoints that stand
   */
  void list(
      long token,
      String application,
      List<StandingCheckpoint> standing,
      List<StandingCheckpoint> savepoints) {
    if (savepoints.isEmpty() && !apps.containsKey(application)) {
      effects.reply(token, Views.noApplication(application));
      return;
    }
    TreeMap<Long, CheckpointView> views = newestFirst();
    standing.forEach(each -> views.put(each.number(), CheckpointView.of(each, false)));
    savepoints.forEach(each -> views.put(each.number(), CheckpointView.of(each, true)));
    addUnfinished(application, views);
    effects.reply(token, new CheckpointsReply(List.copyOf(views.values())));
  }

  /**
   * Somebody asks for savepoints.
   *
   * @param application of which; null = of all
   * @param savepoints those that stand
   */
  void listSavepoints(long token, String application, List<StandingCheckpoint> savepoints) {
    if (savepoints.isEmpty() && application != null && !apps.containsKey(application)) {
      effects.reply(token, Views.noApplication(application));
      return;
    }
    Map<String, TreeMap<Long, CheckpointView>> views = new TreeMap<>();
    for (StandingCheckpoint each : savepoints) {
      views
          .computeIfAbsent(each.application(), id -> newestFirst())
          .put(each.number(), CheckpointView.of(each, true));
    }
    Collection<String> asked =
        application == null ? unfinished.applications() : Set.of(application);
    asked.forEach(id -> addUnfinished(id, views.computeIfAbsent(id, any -> newestFirst())));
    effects.reply(
        token,
        new CheckpointsReply(
            views.values().stream()
                .flatMap(ofOne -> ofOne.values().stream())
                .filter(CheckpointView::savepoint)
                .toList()));
  }

  private static TreeMap<Long, CheckpointView> newestFirst() {
    return new TreeMap<>(Comparator.reverseOrder());
  }

  /** What stands has failed in no way that matters, but is in progress until it is published. */
  private void addUnfinished(String application, Map<Long, CheckpointView> views) {
    for (CheckpointView view : unfinished.of(application)) {
      if (view.state() == CheckpointView.State.IN_PROGRESS) {
        views.put(view.number(), view);
      } else {
        views.putIfAbsent(view.number(), view);
      }
    }
  }

  /**
   * Somebody deletes a savepoint.
   *
   * @param savepoints those of the application that stand
   */
  void delete(long token, DeleteSavepoint message, List<StandingCheckpoint> savepoints) {
    String id = message.applicationId();
    Refused refused = refusalOf(id, message.number(), savepoints);
    if (refused != null) {
      effects.reply(token, refused);
      return;
    }
    effects.note("Savepoint %s/%d is deleted by %s", id, message.number(), message.principal());
    effects.add(new RemoveSavepoint(id, message.number()));
    effects.reply(token, new Done());
  }

  /** Why a savepoint is not deleted; null if it is. */
  private Refused refusalOf(String id, long number, List<StandingCheckpoint> savepoints) {
    if (savepoints.isEmpty() && !apps.containsKey(id)) {
      return Views.noApplication(id);
    }
    if (savepoints.stream().noneMatch(each -> each.number() == number)) {
      return new Refused(
          "unknown-savepoint",
          "Application %s has no savepoint %d.".formatted(id, number),
          "`gear savepoints %s` lists them.".formatted(id));
    }
    List<String> users = startingPoints.users(id, number);
    if (!users.isEmpty()) {
      return new Refused(
          "savepoint-in-use",
          "Application %s was started from savepoint %s/%d and has no checkpoint of its own yet."
              .formatted(users.get(0), id, number),
          "Take one (gear savepoint %s), or cancel it first.".formatted(users.get(0)));
    }
    return null;
  }
}
