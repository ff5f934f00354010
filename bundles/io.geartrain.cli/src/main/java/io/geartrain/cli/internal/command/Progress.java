package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Model.Placement;
import io.geartrain.cli.internal.rest.Model.Processor;
import io.geartrain.cli.internal.rest.RestClient;
import io.geartrain.cli.internal.term.Output;
import io.geartrain.cli.internal.term.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells on standard error how an application goes on. Owned by the thread of the command. */
final class Progress implements Consumer<App> {
  private final Output output;
  private final RestClient client;
  private String lastState = "";
  private String lastReason = "";
  private boolean placed;

  Progress(Session session, RestClient client) {
    this.output = session.output();
    this.client = client;
  }

  /** How the application was placed; empty as long as that is open. */
  static Optional<String> placingLine(App app) {
    List<String> workers =
        app.placement().stream()
            .filter(p -> "ASSIGN".equals(p.decision()))
            .map(Placement::worker)
            .distinct()
            .toList();
    if (!workers.isEmpty()) {
      int tasks = app.processors().stream().mapToInt(Processor::parallelism).sum();
      int slices = app.placement().size();
      String what = tasks > 0 ? plural(tasks, "task") : plural(slices, "slice");
      return Optional.of(
          "Placing    ✔ "
              + what
              + " on "
              + plural(workers.size(), "worker")
              + " (scheduler: "
              + app.placement().get(0).scheduler()
              + ")");
    }
    return app.placement().stream()
        .findFirst()
        .map(p -> "Placing    " + p.decision() + ": " + p.reason());
  }

  @Override
  public void accept(App app) {
    placing(app);
    if (!app.state().equals(lastState)) {
      lastState = app.state();
      output.progress(app.name() + " " + app.state() + "  id=" + app.id() + console(app));
    }
    if (app.state().equals("RUNNING")) {
      output.live(
          "  "
              + Text.count(app.recordsIn())
              + " records in, "
              + Text.shortCount(app.inPerSecond())
              + "/s");
    }
  }

  private void placing(App app) {
    if (placed) {
      return;
    }
    Optional<String> line = placingLine(app);
    if (line.isPresent() && !line.get().equals(lastReason)) {
      lastReason = line.get();
      output.progress(line.get());
      placed = app.placement().stream().allMatch(p -> "ASSIGN".equals(p.decision()));
    }
  }

  private String console(App app) {
    return app.state().equals("RUNNING") ? "  console: " + client.consolePage(app.id()) : "";
  }

  private static String plural(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
