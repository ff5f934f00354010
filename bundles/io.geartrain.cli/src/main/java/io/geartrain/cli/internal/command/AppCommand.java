package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Model.Checkpoints;
import io.geartrain.cli.internal.rest.Model.Failure;
import io.geartrain.cli.internal.rest.Model.Placement;
import io.geartrain.cli.internal.rest.Model.Processor;
import io.geartrain.cli.internal.rest.Model.Stall;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import io.geartrain.cli.internal.term.Table;
import io.geartrain.cli.internal.term.Text;
import java.util.List;
import picocli.CommandLine.Parameters;

/** {@code gear app}: shows everything about one application. */
@picocli.CommandLine.Command(
    name = "app",
    description = {
      "Show an application: state, processors with rates, graph, placement with reasons, failure.",
      "BUSY is the share of time in which tasks work, BP (back-pressure) that in which they wait"
          + " for what follows them, P99 the time within which 99 %% of the batches reach a step"
          + " from the tasks before it. LATE counts records that were too late for any window,"
          + " LAG is how far event time is behind the newest that a source has read."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  gear app word-count-7f3a", "  gear app word-count-7f3a -o json"})
final class AppCommand extends Command {
  @Parameters(paramLabel = "ID", description = "Id of the application, as gear apps shows it.")
  String id;

  AppCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    RestClient client = session().connect();
    Reply<App> reply = suggesting("gear apps", () -> near(client, id), () -> client.app(id));
    if (session().wantsJson()) {
      output().data(session().json().pretty(reply.json()));
    } else {
      show(reply.value(), client);
    }
    return ExitCode.OK;
  }

  /** Ids of applications of that name, else ids that are like it. */
  static List<String> near(RestClient client, String given) {
    List<App> apps = client.apps().value().apps();
    List<String> named =
        apps.stream().filter(app -> given.equals(app.name())).map(App::id).toList();
    return named.isEmpty() ? NearMatches.of(given, apps.stream().map(App::id).toList()) : named;
  }

  static String bundle(App app) {
    return app.bundle() == null ? "" : app.bundle().name() + " " + app.bundle().version();
  }

  private void show(App app, RestClient client) {
    output().data(app.name() + "  " + output().state(app.state()));
    field("id", app.id());
    field("bundle", bundle(app) + digest(app));
    field("scheduler", app.scheduler());
    field("by", app.principal());
    field("submitted", app.submittedAt());
    field("started", app.startedAt());
    field("ended", app.endedAt());
    app.settings().forEach((key, value) -> field("setting", key + "=" + value));
    field("plan", app.fingerprint());
    if (app.checkpoints() != null) {
      checkpoints(app.checkpoints());
    }
    HealthLines.of(app, session().now(), this::field);
    field("console", client.consolePage(app.id()));
    processors(app.processors());
    if (app.dag() != null && !app.dag().isBlank()) {
      heading("Graph");
      app.dag().stripTrailing().lines().forEach(line -> output().data("  " + Text.oneLine(line)));
    }
    placement(app.placement());
    app.stalls().longest().forEach(this::stack);
    if (app.failure() != null) {
      failure(app.failure());
    }
  }

  private void checkpoints(Checkpoints made) {
    if (made.last() > 0) {
      String how =
          made.lastAt() == null
              ? ""
              : " at %s, %s bytes in %d ms"
                  .formatted(made.lastAt(), Text.count(made.bytes()), made.durationMs());
      field("checkpoint", made.last() + how);
    }
    if (made.failed() > 0) {
      String last = made.problem() == null ? "" : ", the last: " + made.problem();
      field("given up", made.failed() + " checkpoints" + last);
    }
    if (made.restoredFrom() > 0) {
      field("resumed", "from checkpoint " + made.restoredFrom());
    }
    if (made.restarts() > 0) {
      field("restarts", made.restarts() + ", the last because: " + made.lastFailure());
    }
  }

  private void processors(List<Processor> processors) {
    if (processors.isEmpty()) {
      return;
    }
    heading("Processors");
    Table table =
        new Table(
            "PROCESSOR",
            "PAR>",
            "IN/s>",
            "OUT/s>",
            "RECORDS>",
            "BUSY>",
            "BP>",
            "P99>",
            "LATE>",
            "LAG>",
            "WATERMARK>");
    for (Processor processor : processors) {
      boolean source = "SOURCE".equals(processor.kind());
      table.row(
          processor.id(),
          processor.parallelism(),
          source ? "" : Text.shortCount(processor.inPerSecond()),
          "SINK".equals(processor.kind()) ? "" : Text.shortCount(processor.outPerSecond()),
          Text.count(source ? processor.recordsOut() : processor.recordsIn()),
          Text.percent(processor.busyPercent()),
          Text.percent(processor.blockedPercent()),
          HealthLines.p99(processor),
          HealthLines.late(processor),
          HealthLines.lag(processor.lagMs()),
          HealthLines.watermark(processor.watermark()));
    }
    table.lines().forEach(output()::data);
  }

  private void placement(List<Placement> placement) {
    if (placement.isEmpty()) {
      return;
    }
    heading("Placement");
    Table table = new Table("SLICE>", "DECISION", "WORKER", "SCHEDULER", "REASON");
    for (Placement p : placement) {
      table.row(p.slice(), p.decision(), p.worker(), p.scheduler(), p.reason());
    }
    table.lines().forEach(output()::data);
  }

  private void stack(Stall stall) {
    heading("Stack of " + stall.task());
    stackTrace(stall.stackTrace());
  }

  private void stackTrace(String frames) {
    if (frames != null) {
      Text.lines(frames).lines().forEach(line -> output().data("  " + line));
    }
  }

  private void failure(Failure failure) {
    heading("Failure");
    field("processor", failure.processor());
    field("task", failure.task());
    field("value", failure.value());
    field("timestamp", failure.timestamp());
    field("cause", failure.message());
    field("hint", failure.hint());
    stackTrace(failure.stackTrace());
  }

  private void heading(String title) {
    output().data("");
    output().data(title);
  }

  private void field(String name, Object value) {
    if (value != null && !value.toString().isBlank()) {
      output().data(String.format("  %-10s %s", name, Text.oneLine(value.toString())));
    }
  }

  private static String digest(App app) {
    String digest = app.bundle() == null ? null : app.bundle().digest();
    return digest == null ? "" : "  sha256 " + BundlesCommand.shortDigest(digest);
  }
}
