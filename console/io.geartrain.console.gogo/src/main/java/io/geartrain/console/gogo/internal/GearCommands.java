package io.geartrain.console.gogo.internal;

import io.geartrain.client.ClusterClient;
import io.geartrain.client.ClusterException;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToClient.BundleReply;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.NodeView;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.ProcessorStatus;
import io.geartrain.protocol.SchedulerView;
import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The shell commands of the scope {@code gear}; each answers the text to print. Used by the thread
 * of the shell.
 */
public final class GearCommands {
  private static final String PRINCIPAL = "shell";

  private final Supplier<ClusterClient> client;
  private final Supplier<BundleStore> store;

  GearCommands(Supplier<ClusterClient> client, Supplier<BundleStore> store) {
    this.client = client;
    this.store = store;
  }

  /** All applications. */
  public String apps() {
    return ask(
        cluster -> {
          Table table = new Table("APPLICATION", "STATE", "BUNDLE", "SUBMITTED");
          for (ApplicationView app : cluster.applications()) {
            table.row(
                app.spec().id(),
                app.status().state(),
                app.spec().bundle().name() + " " + app.spec().bundle().version(),
                app.spec().submittedAt());
          }
          return table.toString();
        });
  }

  /** One application. */
  public String app(String id) {
    return ask(cluster -> describe(cluster.application(id)));
  }

  /** The deployed bundles. */
  public String bundles() {
    return ask(
        cluster -> {
          Table table = new Table("BUNDLE", "VERSION", "STATE", "ORIGIN", "ERROR");
          for (BundleView bundle : cluster.bundles()) {
            table.row(
                bundle.name(), bundle.version(), bundle.state(), bundle.origin(), bundle.error());
          }
          return table.toString();
        });
  }

  /** The schedulers. */
  public String schedulers() {
    return ask(
        cluster -> {
          SchedulersReply reply = cluster.schedulers();
          Table table = new Table("SCHEDULER", "STATE", "BUNDLE", "DEFAULT", "LAST ERROR");
          for (SchedulerView scheduler : reply.schedulers()) {
            table.row(
                scheduler.name(),
                scheduler.state(),
                scheduler.bundle(),
                scheduler.name().equals(reply.defaultScheduler()) ? "yes" : "",
                scheduler.lastError());
          }
          return table.toString();
        });
  }

  /** The nodes. */
  public String nodes() {
    return ask(
        cluster -> {
          Table table = new Table("NODE", "ROLES", "LEADER", "FREE SLOTS", "PID");
          for (NodeView node : cluster.nodes()) {
            NodeView.WorkerView worker = node.worker();
            table.row(
                node.id(),
                String.join(",", node.roles()),
                node.leader() ? "yes" : "",
                worker == null ? null : worker.freeSlots() + "/" + worker.slots(),
                node.pid());
          }
          return table.toString();
        });
  }

  /**
   * Submits an application of a deployed bundle.
   *
   * @param bundle symbolic name or digest
   * @param settings each {@code key=value}
   */
  public String submit(String bundle, String... settings) {
    Map<String, String> parsed = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        return "'" + setting + "' is no setting; write key=value";
      }
      parsed.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return ask(
        cluster -> {
          ApplicationView app = cluster.submit(bundle, null, parsed, null, null, PRINCIPAL);
          return app.spec().id() + " " + app.status().state();
        });
  }

  /** Cancels an application. */
  public String cancel(String id) {
    return ask(cluster -> id + " " + cluster.cancel(id, PRINCIPAL).status().state());
  }

  /** Deploys a jar from this machine. */
  public String deploy(String file) {
    Path path = Path.of(file).toAbsolutePath();
    return ask(
        cluster -> {
          BundleStore bundles = store.get();
          if (bundles == null) {
            return "The bundle store has not started yet; try again in a moment.";
          }
          try (InputStream bytes = Files.newInputStream(path)) {
            String digest = bundles.put(bytes).digest();
            BundleReply reply = cluster.deploy(digest, path.getFileName().toString(), PRINCIPAL);
            return reply.bundle().name()
                + " "
                + reply.bundle().version()
                + (reply.created() ? " deployed" : " was deployed already");
          } catch (IOException e) {
            return path + " can't be read: " + e;
          }
        });
  }

  /** Undeploys a bundle. */
  public String undeploy(String name) {
    return ask(
        cluster -> {
          cluster.undeploy(name, PRINCIPAL);
          return name + " is being removed";
        });
  }

  private String describe(ApplicationView app) {
    StringBuilder text = new StringBuilder();
    text.append(app.spec().id()).append(' ').append(app.status().state());
    text.append("\nsettings ").append(app.spec().settings());
    Table steps = new Table("STEP", "KIND", "TASKS", "IN", "OUT", "BUSY");
    for (ProcessorStatus step : app.status().processors()) {
      steps.row(
          step.id(),
          step.kind(),
          step.parallelism(),
          step.recordsIn(),
          step.recordsOut(),
          Math.round(step.busyPercent()) + "%");
    }
    text.append('\n').append(steps);
    if (app.status().dag() != null) {
      text.append('\n').append(app.status().dag());
    }
    for (Placement placement : app.placement()) {
      text.append("\nslice ")
          .append(placement.slice())
          .append(' ')
          .append(placement.decision())
          .append(' ')
          .append(placement.workerId() == null ? "" : placement.workerId())
          .append(": ")
          .append(placement.reason());
    }
    Failure failure = app.status().failure();
    if (failure != null) {
      text.append("\nfailed: ").append(failure.message());
      text.append(failure.hint() == null ? "" : "\n" + failure.hint());
    }
    return text.toString();
  }

  private interface Question {
    String ask(ClusterClient cluster);
  }

  private String ask(Question question) {
    ClusterClient cluster = client.get();
    if (cluster == null) {
      return "This node has no way to a master yet; try again in a moment.";
    }
    try {
      return question.ask(cluster);
    } catch (ClusterException e) {
      return e.getMessage() + (e.hint() == null ? "" : " " + e.hint());
    } catch (io.geartrain.spi.BundleProblem e) {
      return e.getMessage();
    }
  }
}
