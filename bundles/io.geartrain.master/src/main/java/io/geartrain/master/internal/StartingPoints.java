package io.geartrain.master.internal;

import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.protocol.StartFrom;
import io.geartrain.protocol.StartWish;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which checkpoint of another an application is started from, and who still needs which. Reads what
 * {@link MasterState} owns, changes nothing.
 */
final class StartingPoints {
  /** What comes of a wish: one of the two is null. */
  record Found(StartFrom from, Refused refused) {
    private static Found refuse(String code, String message, String hint) {
      return new Found(null, new Refused(code, message, hint));
    }
  }

  /**
   * What is written down of an application's checkpoints.
   *
   * @param checkpoints those that stand
   * @param savepoints those of its savepoints that stand
   */
  record Written(List<StandingCheckpoint> checkpoints, List<StandingCheckpoint> savepoints) {
    static final Written NONE = new Written(List.of(), List.of());
  }

  private final Map<String, AppEntry> apps;

  StartingPoints(Map<String, AppEntry> apps) {
    this.apps = apps;
  }

  /** Finds the checkpoint that is meant. */
  Found find(StartWish wish, Written written) {
    TreeMap<Long, StandingCheckpoint> standing = new TreeMap<>();
    written.checkpoints().forEach(each -> standing.put(each.number(), each));
    written.savepoints().forEach(each -> standing.put(each.number(), each));
    AppEntry source = apps.get(wish.application());
    if (source == null && standing.isEmpty()) {
      return Found.refuse(
          "unknown-application",
          "There is no application '%s' to start from.".formatted(wish.application()),
          "`gear apps` and `gear savepoints` list what there is.");
    }
    if (standing.isEmpty()) {
      return Found.refuse(
          "unknown-savepoint",
          "Application %s has no checkpoint and no savepoint.".formatted(wish.application()),
          nothingToStartFrom(source));
    }
    StandingCheckpoint meant =
        wish.savepoint() == null
            ? standing.lastEntry().getValue()
            : named(wish.savepoint(), standing, written.savepoints());
    if (meant == null) {
      return Found.refuse(
          "unknown-savepoint",
          "Application %s has no savepoint or checkpoint '%s'."
              .formatted(wish.application(), wish.savepoint()),
          "There are: " + names(standing.values()) + ".");
    }
    boolean savepoint =
        written.savepoints().stream().anyMatch(each -> each.number() == meant.number());
    if (!savepoint && source != null && !source.ended()) {
      return Found.refuse(
          "no-savepoint",
          "Application %s runs, and keeps its checkpoint %d for a short time only."
              .formatted(wish.application(), meant.number()),
          "Take a savepoint to start from: gear savepoint %s. See also: gear savepoints %s"
              .formatted(wish.application(), wish.application()));
    }
    return new Found(
        new StartFrom(
            wish.application(),
            meant.number(),
            meant.name(),
            savepoint,
            wish.dropState(),
            wish.allowDropped(),
            ownerOf(wish.application(), meant.number())),
        null);
  }

  private static String nothingToStartFrom(AppEntry source) {
    if (source.spec.from() != null && !source.hasCheckpoint()) {
      StartFrom from = source.spec.from();
      return "It was started from %s itself: --from %s/%d"
          .formatted(from.label(), from.application(), from.checkpoint());
    }
    return source.ended()
        ? "One that has completed keeps its savepoints alone."
        : "Take one: gear savepoint " + source.id();
  }

  private static StandingCheckpoint named(
      String text, TreeMap<Long, StandingCheckpoint> standing, List<StandingCheckpoint> labelled) {
    if (text.matches("[0-9]{1,18}")) {
      return standing.get(Long.parseLong(text));
    }
    return labelled.stream()
        .filter(each -> text.equals(each.label()))
        .reduce((first, second) -> second.number() > first.number() ? second : first)
        .orElse(null);
  }

  private static String names(Collection<StandingCheckpoint> standing) {
    return standing.stream()
        .map(each -> each.number() + (each.label() == null ? "" : " (" + each.label() + ")"))
        .collect(Collectors.joining(", "));
  }

  /** Who may still be publishing the output that was made ready in a checkpoint; null = nobody. */
  private String ownerOf(String application, long number) {
    AppEntry source = apps.get(application);
    if (source != null && !source.ended() && source.status.checkpoints().published() < number) {
      return application;
    }
    List<String> users = users(application, number);
    return users.isEmpty() ? null : users.get(0);
  }

  /** The applications that began with a checkpoint and still need it. */
  List<String> users(String application, long number) {
    List<String> users = new ArrayList<>();
    for (AppEntry app : apps.values()) {
      StartFrom from = app.spec.from();
      if (needsStart(app)
          && from.application().equals(application)
          && from.checkpoint() == number) {
        users.add(app.id());
      }
    }
    return users;
  }

  /** The names of those of an application's checkpoints that others still need. */
  Set<String> neededOf(String application) {
    return apps.values().stream()
        .filter(StartingPoints::needsStart)
        .map(app -> app.spec.from())
        .filter(from -> from.application().equals(application))
        .map(StartFrom::name)
        .collect(Collectors.toSet());
  }

  /** Whether an application has to begin with what it was started from, should it begin again. */
  static boolean needsStart(AppEntry app) {
    return app.spec.from() != null && !app.ended() && !app.hasCheckpoint();
  }
}
