package io.geartrain.master.internal;

import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ClientToMaster.CancelApplication;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.MasterToClient.ApplicationReply;
import io.geartrain.protocol.MasterToClient.Refused;
import java.time.Duration;
import java.time.Instant;

/** Applications that somebody stops, until they have stopped. Owned by {@link MasterState}. */
final class Cancellations {
  private final Duration limit;
  private final AppMasters appMasters;
  private final Endings endings;
  private final SlotAllocator slots;
  private final HeldReplies held;
  private final Effects effects;

  /**
   * Nobody has asked yet.
   *
   * @param limit how long an application may take to stop before its app master is stopped
   */
  Cancellations(
      Duration limit,
      AppMasters appMasters,
      Endings endings,
      SlotAllocator slots,
      HeldReplies held,
      Effects effects) {
    this.limit = limit;
    this.appMasters = appMasters;
    this.endings = endings;
    this.slots = slots;
    this.held = held;
    this.effects = effects;
  }

  /** Somebody stops an application that is known. */
  void ask(long token, AppEntry app, CancelApplication message, Instant now) {
    if (app.ended() && app.state() != ApplicationState.CANCELLED) {
      effects.reply(
          token,
          new Refused(
              "already-ended",
              "Application %s is %s already.".formatted(app.id(), app.state()),
              null));
      return;
    }
    if (app.mayRun()) {
      cancel(app, message.principal(), now);
    }
    effects.reply(token, new ApplicationReply(app.view()));
  }

  private void cancel(AppEntry app, String principal, Instant now) {
    effects.note("Application %s is cancelled by %s", app.id(), principal);
    app.cancelledBy = principal;
    if (app.workerId == null) {
      endings.cancelled(app, now);
      return;
    }
    app.cancelBy = now.plus(limit);
    app.status = AppEntry.with(app.status, ApplicationState.CANCELLING, null, null);
    effects.save(app);
    appMasters.tell(app, new StopApplication(app.id(), principal));
    held.answer(app);
  }

  /** Time has passed: what does not stop is stopped with its app master. */
  void tick(AppEntry app, Instant now) {
    if (app.cancelBy != null && now.isAfter(app.cancelBy) && !app.ended()) {
      effects.warn("Application %s did not stop; its app master is stopped", app.id());
      endings.cancelled(app, now);
      appMasters.stop(app);
      slots.capacityChanged();
    }
  }
}
