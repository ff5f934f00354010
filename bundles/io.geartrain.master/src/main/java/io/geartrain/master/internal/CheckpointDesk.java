package io.geartrain.master.internal;

import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ClientToMaster.TakeCheckpoint;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.protocol.MasterToClient.CheckpointReply;
import io.geartrain.protocol.MasterToClient.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Passes on who asks for checkpoints, and tells them what the app masters answer. Owned by {@link
 * MasterState}.
 */
final class CheckpointDesk {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * A checkpoint that was asked for.
   *
   * @param token of the client that waits for its number
   */
  private record Asked(long token, String application, CheckpointWish wish, Instant until) {}

  private final UnfinishedCheckpoints unfinished;
  private final Effects effects;
  private final Map<String, Asked> unnumbered = new HashMap<>();
  private final Map<String, Numbered> numbered = new HashMap<>();
  private long lastRequest;

  /** One that has a number, and whose end was not told yet. */
  private record Numbered(String application, CheckpointWish wish, long number) {}

  CheckpointDesk(UnfinishedCheckpoints unfinished, Effects effects) {
    this.unfinished = unfinished;
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
    unfinished.keep(view);
    effects.reply(asked.token(), new CheckpointReply(view));
  }

  private void over(Numbered known, String problem) {
    if (problem == null) {
      unfinished.remove(known.application(), known.number());
    } else {
      unfinished.keep(
          CheckpointView.asked(known.application(), known.number(), known.wish(), problem));
    }
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

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
