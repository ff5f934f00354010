package io.geartrain.master.internal;

import io.geartrain.plan.ErrorText;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.StartFrom;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleDescription.ApplicationEntry;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Takes in what is submitted: checks it, names it and writes it down, to be launched. Owned by
 * {@link MasterState}.
 */
final class Submissions {
  private final Map<String, AppEntry> apps;
  private final SubmissionCheck check;
  private final StartingPoints startingPoints;
  private final HeldReplies held;
  private final Effects effects;
  private final RandomGenerator random;

  Submissions(
      Map<String, AppEntry> apps,
      SubmissionCheck check,
      StartingPoints startingPoints,
      HeldReplies held,
      Effects effects,
      RandomGenerator random) {
    this.apps = apps;
    this.check = check;
    this.startingPoints = startingPoints;
    this.held = held;
    this.effects = effects;
    this.random = random;
  }

  /**
   * Somebody submits an application.
   *
   * @param bundle the bundle that was asked for
   * @param written what is written down of the application that it is to be started from
   * @return whether it is taken in
   */
  boolean submit(
      long token,
      SubmitApplication message,
      BundleDescription bundle,
      StartingPoints.Written written,
      Instant now) {
    Refused refused = check.refusalOf(message, bundle);
    StartFrom from = null;
    if (refused == null && message.from() != null) {
      StartingPoints.Found found = startingPoints.find(message.from(), written);
      refused = found.refused();
      from = found.from();
    }
    if (refused != null) {
      effects.reply(token, refused);
      return false;
    }
    AppEntry app = begin(spec(message, bundle, from, now));
    app.launchFrom = now;
    held.hold(app, token, now);
    return true;
  }

  /** It was taken in, but can't be written down. */
  void refuse(AppEntry app, String why) {
    held.answer(
        app,
        new Refused(
            "bad-request",
            "Application %s can't be written down: %s"
                .formatted(app.spec.name(), ErrorText.cutMessage(why)),
            "Submit it with less: shorter settings, fewer steps in --drop-state."));
  }

  private ApplicationSpec spec(
      SubmitApplication message, BundleDescription bundle, StartFrom from, Instant now) {
    ApplicationEntry entry = bundle.applications().get(0);
    String name = message.name() == null ? entry.name() : message.name();
    Map<String, String> settings = message.settings() == null ? Map.of() : message.settings();
    return new ApplicationSpec(
        newId(name),
        name,
        bundle,
        entry.className(),
        settings,
        message.scheduler(),
        message.principal(),
        now,
        from);
  }

  private String newId(String name) {
    while (true) {
      String id = "%s-%04x".formatted(name, random.nextInt(0x10000));
      if (!apps.containsKey(id)) {
        return id;
      }
    }
  }

  private AppEntry begin(ApplicationSpec spec) {
    AppEntry app = new AppEntry(spec, AppEntry.submitted(spec.id(), 1));
    apps.put(app.id(), app);
    effects.save(app);
    StartFrom from = spec.from();
    String beginning = from == null ? "" : ", to go on from " + from.label();
    effects.note("Application %s is submitted by %s%s", app.id(), spec.principal(), beginning);
    return app;
  }
}
