package io.geartrain.master.internal;

import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToClient.Refused;
import java.time.Instant;

/**
 * Ends applications: writes the end down and tells it to all that wait. Owned by {@link
 * MasterState}.
 */
final class Endings {
  private final History history;
  private final CheckpointDesk checkpoints;
  private final HeldReplies held;
  private final Effects effects;

  Endings(History history, CheckpointDesk checkpoints, HeldReplies held, Effects effects) {
    this.history = history;
    this.checkpoints = checkpoints;
    this.held = held;
    this.effects = effects;
  }

  /** Somebody has asked for the end, and here it is. */
  void cancelled(AppEntry app, Instant now) {
    end(app, AppEntry.with(app.status, ApplicationState.CANCELLED, now, null));
  }

  /** The application can't go on. */
  void failed(AppEntry app, Failure failure, Instant now) {
    end(app, AppEntry.with(app.status, ApplicationState.FAILED, now, failure));
  }

  /** The end is written down before anything else happens. */
  void end(AppEntry app, ApplicationStatus status) {
    app.status = status;
    checkpoints.appMasterGone(app, "the application is " + status.state());
    app.waiting = false;
    app.launchFrom = null;
    app.launchedBy = null;
    app.cancelBy = null;
    effects.save(app);
    tell(app, status.failure());
    history.removeCheckpointsOf(app);
    history.forgetOldest();
  }

  private void tell(AppEntry app, Failure failure) {
    if (failure == null) {
      effects.note("Application %s is %s", app.id(), app.state());
    } else {
      effects.warn("Application %s is %s: %s", app.id(), app.state(), failure.message());
    }
    if (failure != null && app.state() == ApplicationState.FAILED) {
      held.answer(app, new Refused(failure.code(), failure.message(), failure.hint()));
    } else {
      held.answer(app);
    }
  }
}
