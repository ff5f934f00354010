package io.geartrain.master.internal;

import io.geartrain.master.internal.AppEntry.HeldReply;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.ApplicationReply;
import java.time.Duration;
import java.time.Instant;

/** The clients that wait for the plan of what they have submitted. Owned by {@link MasterState}. */
final class HeldReplies {
  private final Duration patience;
  private final Effects effects;

  /**
   * Nobody waits yet.
   *
   * @param patience how long an answer is held at most
   */
  HeldReplies(Duration patience, Effects effects) {
    this.patience = patience;
    this.effects = effects;
  }

  /** A client is answered later. */
  void hold(AppEntry app, long token, Instant now) {
    app.held.add(new HeldReply(token, now.plus(patience)));
  }

  /** Answers all that wait, with how the application is. */
  void answer(AppEntry app) {
    answer(app, new ApplicationReply(app.view()));
  }

  /** Answers all that wait. */
  void answer(AppEntry app, MasterToClient message) {
    app.held.forEach(held -> effects.reply(held.token(), message));
    app.held.clear();
  }

  /** Answers those that have waited for too long, with how the application is. */
  void answerLate(AppEntry app, Instant now) {
    app.held.removeIf(held -> answerLate(app, held, now));
  }

  private boolean answerLate(AppEntry app, HeldReply held, Instant now) {
    boolean late = now.isAfter(held.until());
    if (late) {
      effects.reply(held.token(), new ApplicationReply(app.view()));
    }
    return late;
  }
}
