package io.geartrain.master.internal;

import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ClientToMaster.TakeCheckpoint;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.protocol.MasterToClient.CheckpointReply;
import io.geartrain.protocol.MasterToClient.CheckpointsReply;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.StandingCheckpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Passes on who asks for checkpoints, and remembers those that do not stand (yet), as long as the
 * reign lasts. Owned by {@link MasterState}.
 */
final class CheckpointDesk {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int FAILED_KEPT = 10;

  /**
   * A checkpoint that was asked for.
   *
   * @param token of the client that waits for its number
   */
  private record Asked(long token, String application, CheckpointWish wish, Instant until) {}

  private final Effects effects;
  private final Map<String, Asked> unnumbered = new HashMap<>();
  private final Map<String, Numbered> numbered = new HashMap<>();
  private final Map<String, TreeMap<Long, CheckpointView>> unfinished = new HashMap<>();
  private long lastRequest;

  /** One that has a number, and whose end was not told yet. */
  private record Numbered(String application, CheckpointWish wish, long number) {}

  CheckpointDesk(Effects effects) {
    this.effects = effects;
  }

  /** Somebody asks for a checkpoint of an application that is known. */
  void ask(long token, AppEntry app, TakeCheckpoint message, Instant now) {
    if (app.ended()) {
      effects.reply(
          token,
          new Refused(
              "already-ended",
              "Application %s is %s already.".formatted(app.id(), app.state()),
              "Only one that runs can take a checkpoint."));
    } else if (app.state() != ApplicationState.RUNNING || app.address == null) {
      effects.reply(
          token,
          new Refused(
              "wrong-state",
              "Application %s is %s; only one that runs can take a checkpoint."
                  .formatted(app.id(), app.state()),
              "See `gear app %s`, then try again.".formatted(app.id())));
    } else {
      String request = "c" + ++lastRequest;
      unnumbered.put(request, new Asked(token, app.id(), message.wish(), now.plus(PATIENCE)));
      effects.add(
          new Effect.TellAppMaster(
              app.address, new MakeCheckpoint(app.id(), request, message.wish())));
    }
  }

  /** The app master that now leads the application tells what has become of a request. */
  void answered(CheckpointAnswer answer) {
    Asked asked = unnumbered.remove(answer.request());
    if (asked != null) {
      begun(asked, answer);
    }
    Numbered known = numbered.get(answer.request());
    if (known != null && answer.outcome() != CheckpointAnswer.Outcome.BEGUN) {
      numbered.remove(answer.request());
      over(known, answer.problem());
    }
  }

  private void begun(Asked asked, CheckpointAnswer answer) {
    if (answer.number() == 0) {
      effects.reply(
          asked.token(),
          new Refused(
              answer.code(),
              sentence("No checkpoint can be taken: " + answer.problem()),
              "See `gear app %s`, then try again.".formatted(asked.application())));
      return;
    }
    Numbered now = new Numbered(asked.application(), asked.wish(), answer.number());
    numbered.put(answer.request(), now);
    CheckpointView view = CheckpointView.asked(now.application(), now.number(), now.wish(), null);
    keep(view);
    effects.reply(asked.token(), new CheckpointReply(view));
  }

  private void over(Numbered known, String problem) {
    if (problem == null) {
      views(known.application()).remove(known.number());
    } else {
      keep(CheckpointView.asked(known.application(), known.number(), known.wish(), problem));
    }
  }

  private void keep(CheckpointView view) {
    TreeMap<Long, CheckpointView> views = views(view.application());
    views.put(view.number(), view);
    List<Long> failed = new ArrayList<>();
    views.forEach(
        (number, each) -> {
          if (each.state() == CheckpointView.State.FAILED) {
            failed.add(number);
          }
        });
    failed.stream().limit(Math.max(0, failed.size() - FAILED_KEPT)).forEach(views::remove);
  }

  private TreeMap<Long, CheckpointView> views(String application) {
    return unfinished.computeIfAbsent(application, id -> new TreeMap<>());
  }

  /** The app master that was asked is gone, or its application has ended. */
  void appMasterGone(AppEntry app, String reason) {
    for (Iterator<Asked> each = unnumbered.values().iterator(); each.hasNext(); ) {
      Asked asked = each.next();
      if (asked.application().equals(app.id())) {
        each.remove();
        effects.reply(
            asked.token(),
            new Refused(
                "wrong-state",
                sentence("No checkpoint was taken: " + reason),
                "See `gear app %s`, then try again.".formatted(app.id())));
      }
    }
    for (Iterator<Numbered> each = numbered.values().iterator(); each.hasNext(); ) {
      Numbered known = each.next();
      if (known.application().equals(app.id())) {
        each.remove();
        over(known, reason);
      }
    }
  }

  /** The application is forgotten. */
  void forget(String application) {
    unfinished.remove(application);
  }

  /** Time has passed. */
  void tick(Instant now) {
    for (Iterator<Asked> each = unnumbered.values().iterator(); each.hasNext(); ) {
      Asked asked = each.next();
      if (now.isAfter(asked.until())) {
        each.remove();
        effects.reply(
            asked.token(),
            new Refused(
                "unavailable",
                "The app master of %s does not answer.".formatted(asked.application()),
                "See whether a checkpoint was taken, then try again."));
      }
    }
  }

  /**
   * Somebody asks for the checkpoints of an application.
   *
   * @param savepoints those of the standing ones that are savepoints
   */
  void list(
      long token,
      String application,
      List<StandingCheckpoint> standing,
      List<StandingCheckpoint> savepoints) {
    TreeMap<Long, CheckpointView> views = new TreeMap<>(Comparator.reverseOrder());
    standing.forEach(each -> views.put(each.number(), CheckpointView.of(each, false)));
    savepoints.forEach(each -> views.put(each.number(), CheckpointView.of(each, true)));
    addUnfinished(application, views);
    effects.reply(token, new CheckpointsReply(List.copyOf(views.values())));
  }

  /**
   * Somebody asks for savepoints.
   *
   * @param application of which; null = of all
   */
  void listSavepoints(long token, String application, List<StandingCheckpoint> savepoints) {
    Map<String, TreeMap<Long, CheckpointView>> views = new TreeMap<>();
    for (StandingCheckpoint each : savepoints) {
      views
          .computeIfAbsent(each.application(), id -> new TreeMap<>(Comparator.reverseOrder()))
          .put(each.number(), CheckpointView.of(each, true));
    }
    for (String id :
        application == null ? List.copyOf(unfinished.keySet()) : List.of(application)) {
      addUnfinished(id, views.computeIfAbsent(id, any -> new TreeMap<>(Comparator.reverseOrder())));
    }
    effects.reply(
        token,
        new CheckpointsReply(
            views.values().stream()
                .flatMap(ofOne -> ofOne.values().stream())
                .filter(CheckpointView::savepoint)
                .toList()));
  }

  /** What stands has failed in no way that matters, but is in progress until it is published. */
  private void addUnfinished(String application, Map<Long, CheckpointView> views) {
    views(application)
        .forEach(
            (number, view) -> {
              if (view.state() == CheckpointView.State.IN_PROGRESS) {
                views.put(number, view);
              } else {
                views.putIfAbsent(number, view);
              }
            });
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
