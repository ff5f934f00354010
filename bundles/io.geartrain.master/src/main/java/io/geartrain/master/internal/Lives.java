package io.geartrain.master.internal;

import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.Failure;
import java.time.Duration;
import java.time.Instant;

/**
 * Leads applications from one state to the next: follows what their app masters report, and has
 * them begin again where those are lost. Owned by {@link MasterState}.
 */
final class Lives {
  private final MasterLimits limits;
  private final AppMasters appMasters;
  private final Endings endings;
  private final History history;
  private final CheckpointDesk checkpoints;
  private final HeldReplies held;
  private final Effects effects;

  Lives(
      MasterLimits limits,
      AppMasters appMasters,
      Endings endings,
      History history,
      CheckpointDesk checkpoints,
      HeldReplies held,
      Effects effects) {
    this.limits = limits;
    this.appMasters = appMasters;
    this.endings = endings;
    this.history = history;
    this.checkpoints = checkpoints;
    this.held = held;
    this.effects = effects;
  }

  /** A reign begins, and with it whatever has not ended. */
  void recover(AppEntry app, Instant now) {
    if (app.ended()) {
      history.removeCheckpointsOf(app);
      return;
    }
    appMasters.supersede(app);
    if (app.state() == ApplicationState.CANCELLING) {
      endings.cancelled(app, now);
      return;
    }
    app.beginAgain(app.epoch() + 1, now);
    effects.save(app);
    effects.note("Application %s begins again under epoch %d", app.id(), app.epoch());
  }

  /**
   * An app master tells how its application is.
   *
   * @return whether it has ended by that
   */
  boolean reported(AppEntry app, ApplicationStatus report, Instant now) {
    if (report.state().isTerminal()) {
      Instant endedAt = report.endedAt() == null ? now : report.endedAt();
      endings.end(app, AppEntry.with(report, report.state(), endedAt, report.failure()));
      appMasters.stop(app);
      return true;
    }
    ApplicationState before = app.state();
    ApplicationState state = later(before, report.state());
    app.status = AppEntry.with(report, state, null, report.failure());
    if (state != before) {
      effects.note("Application %s is %s", app.id(), state);
      effects.save(app);
    }
    if (state.ordinal() > ApplicationState.PLANNING.ordinal()) {
      held.answer(app);
    }
    return false;
  }

  /** A state never goes back within an epoch. */
  private static ApplicationState later(ApplicationState known, ApplicationState told) {
    return told.ordinal() > known.ordinal() ? told : known;
  }

  /** The worker of its app master or of some of its slices is gone. */
  void workerLost(AppEntry app, String why, Instant now) {
    if (app.state() == ApplicationState.CANCELLING) {
      appMasters.supersede(app);
      appMasters.stop(app);
      endings.cancelled(app, now);
    } else {
      relaunch(app, now, why);
    }
  }

  /** Time has passed: an app master that did not start is taken for dead. */
  void tick(AppEntry app, Instant now) {
    if (app.launchedBy != null && now.isAfter(app.launchedBy)) {
      app.launchedBy = null;
      appMasterDied(app, "it did not start", now);
    }
  }

  /** Its app master is gone; one that dies too often is launched no more. */
  void appMasterDied(AppEntry app, String reason, Instant now) {
    if (app.state() == ApplicationState.CANCELLING) {
      appMasters.stop(app);
      endings.cancelled(app, now);
      return;
    }
    app.relaunches.removeIf(at -> at.isBefore(now.minus(limits.relaunchWindow())));
    if (app.relaunches.size() >= limits.relaunches()) {
      appMasters.stop(app);
      endings.failed(app, diedTooOften(app, reason), now);
      return;
    }
    app.relaunches.add(now);
    relaunch(app, now, "its app master has ended: " + reason);
  }

  private Failure diedTooOften(AppEntry app, String reason) {
    return Failure.of(
        "app-master-lost",
        "The app master died %d times within %d s, the last time because: %s"
            .formatted(app.relaunches.size() + 1, limits.relaunchWindow().toSeconds(), reason),
        "See the log of node " + appMasters.nodeOf(app) + ", then submit it again.");
  }

  private void relaunch(AppEntry app, Instant now, String why) {
    checkpoints.appMasterGone(app, "the application began again meanwhile, for " + why);
    appMasters.supersede(app);
    appMasters.stop(app);
    app.beginAgain(app.epoch() + 1, now.plus(pauseAfter(app.relaunches.size())));
    effects.save(app);
    effects.warn("Application %s begins again under epoch %d: %s", app.id(), app.epoch(), why);
  }

  private static Duration pauseAfter(int relaunches) {
    return relaunches <= 1 ? Duration.ZERO : Duration.ofSeconds(1L << (relaunches - 2));
  }
}
