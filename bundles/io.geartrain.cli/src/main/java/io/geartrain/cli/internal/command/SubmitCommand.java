package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Durations;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Model.Bundle;
import io.geartrain.cli.internal.rest.Model.Submission;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import io.geartrain.cli.internal.term.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gear submit}: runs the application of a bundle. */
@picocli.CommandLine.Command(
    name = "submit",
    description = {
      "Run the application of a bundle, which is uploaded first if a jar is given.",
      "Returns when the application is accepted; with --wait when it has ended: status 0 if it"
          + " completed, 1 if it failed or was cancelled, 6 if --timeout was over (it goes on).",
      "With --from it goes on with the state of another one, which has ended or still runs: each"
          + " step takes the state of the step of its id, whatever the parallelism."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gear submit examples/wordcount.jar --set input=/data/in.txt --set output=/data/out.txt --wait",
      "  gear submit my.app --scheduler pack --name nightly",
      "  gear submit my.app --wait --timeout 10m -o json",
      "  gear submit new-version.jar --from word-count-7f3a/12"
    })
final class SubmitCommand extends Command {
  private static final Duration PLACING = Duration.ofSeconds(2);

  @Parameters(
      paramLabel = "APP.jar|NAME",
      description = "A jar to upload, or the name or SHA-256 of a deployed bundle.")
  String app;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "A setting of the application; give one --set for each.",
        "Paths in values are those of the node: write them in full."
      })
  List<String> settings = new ArrayList<>();

  @Option(
      names = "--scheduler",
      paramLabel = "NAME",
      description = "Who places it (default: that of the cluster, see gear schedulers).")
  String scheduler;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the application (default: its own).")
  String name;

  @Option(
      names = "--from",
      paramLabel = "ID[/SAVEPOINT]",
      description = {
        "Go on with the state of this application: of its newest checkpoint or savepoint, or of the"
            + " one with this number or label (see gear savepoints). One that still runs needs a"
            + " savepoint."
      })
  String from;

  @Option(
      names = "--drop-state",
      paramLabel = "STEP",
      description = "Leave out the state of this step, which begins anew; repeat it for more.")
  List<String> dropState = new ArrayList<>();

  @Option(
      names = "--allow-dropped-state",
      description = "Leave out the state of all steps that the application has no more.")
  boolean allowDroppedState;

  @Option(names = "--wait", description = "Wait until the application has ended.")
  boolean wait;

  @Spec CommandSpec spec;

  SubmitCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Map<String, String> parsed = parse(settings);
    if (from == null && (allowDroppedState || !dropState.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "--drop-state and --allow-dropped-state go with --from");
    }
    RestClient client = session().connect();
    String bundle = isFile() ? upload(client) : app;
    Reply<App> accepted =
        suggesting(
            listCommands(), () -> near(client), () -> client.submit(submission(bundle, parsed)));
    return wait ? waitForEnd(client, accepted) : tellPlacing(client, accepted);
  }

  private String listCommands() {
    String bundles = scheduler == null ? "gear bundles" : "gear bundles, gear schedulers";
    return from == null ? bundles : bundles + ", gear apps, gear savepoints";
  }

  private Submission submission(String bundle, Map<String, String> parsed) {
    return new Submission(
        bundle, name, parsed, scheduler, from, dropState, allowDroppedState ? true : null);
  }

  private ExitCode waitForEnd(RestClient client, Reply<App> accepted) {
    String id = accepted.value().id();
    Runnable goesOn =
        () -> output().progress("The application goes on: gear app " + id + ", gear cancel " + id);
    Reply<App> last;
    try (Interrupts.Registration ignored = session().interrupts().onInterrupt(goesOn)) {
      last =
          new Follower(client)
              .until(id, App::ended, new Progress(session(), client), session().timeout());
    }
    output().wipe();
    App app = last.value();
    if (session().wantsJson()) {
      output().data(session().json().pretty(last.json()));
    }
    if (!app.ended()) {
      throw new CliException(
          ExitCode.TIMEOUT,
          "application " + id + " has not ended within " + timeoutText(),
          "it is " + app.state() + " and goes on",
          "gear app " + id + "    (end it with: gear cancel " + id + ")");
    }
    if (!app.state().equals("COMPLETED")) {
      throw Failures.of(app);
    }
    if (!session().wantsJson()) {
      output().data(summary(client, app));
    }
    return ExitCode.OK;
  }

  private ExitCode tellPlacing(RestClient client, Reply<App> accepted) {
    Reply<App> last =
        new Follower(client)
            .until(
                accepted.value().id(),
                app -> app.ended() || !app.placement().isEmpty(),
                app -> {},
                Optional.of(
                    session().timeout().filter(t -> t.compareTo(PLACING) < 0).orElse(PLACING)));
    App app = last.value();
    Progress.placingLine(app).ifPresent(output()::progress);
    if (session().wantsJson()) {
      output().data(session().json().pretty(last.json()));
    } else {
      output().data(summary(client, app));
    }
    if (app.ended() && !app.state().equals("COMPLETED")) {
      throw Failures.of(app);
    }
    return ExitCode.OK;
  }

  private String summary(RestClient client, App app) {
    return app.name()
        + " "
        + output().state(app.state())
        + "  id="
        + app.id()
        + (app.state().equals("COMPLETED") ? "  in=" + Text.count(app.recordsIn()) : "")
        + "  console: "
        + client.consolePage(app.id());
  }

  private String timeoutText() {
    return session().timeout().map(Durations::text).orElse("the time given");
  }

  private boolean isFile() {
    return app.endsWith(".jar") || app.contains("/") || Files.isRegularFile(Path.of(app));
  }

  private String upload(RestClient client) {
    Bundle bundle =
        new Uploads(client, output()).send(session().folder().locate(Path.of(app))).value();
    return bundle.digest() == null ? bundle.name() : bundle.digest();
  }

  private List<String> near(RestClient client) {
    if (from != null && client.bundles().value().bundles().stream().anyMatch(this::isMeant)) {
      String id = from.split("/", 2)[0];
      List<String> near = AppCommand.near(client, id);
      return near.contains(id) ? List.of() : near;
    }
    if (scheduler != null) {
      List<String> schedulers = SchedulersCommand.names(client);
      if (!schedulers.contains(scheduler)) {
        return schedulers;
      }
    }
    List<String> holders =
        client.bundles().value().bundles().stream()
            .filter(b -> b.applications().contains(app))
            .map(Bundle::name)
            .toList();
    return holders.isEmpty() ? NearMatches.of(app, UndeployCommand.names(client)) : holders;
  }

  private boolean isMeant(Bundle bundle) {
    return isFile()
        || app.equals(bundle.name())
        || app.equals(bundle.digest())
        || bundle.applications().contains(app);
  }

  private Map<String, String> parse(List<String> given) {
    Map<String, String> parsed = new TreeMap<>();
    for (String setting : given) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new ParameterException(
            spec.commandLine(), "--set needs KEY=VALUE, but was given '" + setting + "'");
      }
      String key = setting.substring(0, equals);
      if (parsed.put(key, setting.substring(equals + 1)) != null) {
        throw new ParameterException(
            spec.commandLine(), "--set gives '" + key + "' more than once");
      }
    }
    return parsed;
  }
}
