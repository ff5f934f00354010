package io.geartrain.console.felix.internal;

import io.geartrain.client.ClusterClient;
import io.geartrain.client.ClusterException;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.NodeView;
import io.geartrain.protocol.SchedulerView;
import java.util.List;

/** Writes the cluster as HTML tables; all values are escaped. Stateless. */
final class ClusterPage {
  private ClusterPage() {}

  /** The page; the reason instead of it if the master can't be asked. */
  static String render(ClusterClient client) {
    if (client == null) {
      return status("This node has no way to a master yet.");
    }
    try {
      return cluster(client.cluster())
          + nodes(client.nodes())
          + applications(client.applications())
          + bundles(client.bundles())
          + schedulers(client.schedulers());
    } catch (ClusterException e) {
      return status(e.getMessage());
    }
  }

  private static String status(String text) {
    return "<p class=\"statline ui-state-highlight\">" + escape(text) + "</p>";
  }

  private static String cluster(ClusterView cluster) {
    return status(
        "Leader "
            + cluster.leader()
            + " (epoch "
            + cluster.epoch()
            + "), "
            + (cluster.totalSlots() - cluster.freeSlots())
            + " of "
            + cluster.totalSlots()
            + " slots in use, scheduler "
            + cluster.scheduler());
  }

  private static String nodes(List<NodeView> nodes) {
    StringBuilder rows = new StringBuilder();
    for (NodeView node : nodes) {
      NodeView.WorkerView worker = node.worker();
      rows.append(
          row(
              node.id(),
              String.join(", ", node.roles()) + (node.leader() ? " (leader)" : ""),
              node.address(),
              worker == null ? "–" : worker.freeSlots() + " of " + worker.slots(),
              String.valueOf(node.startedAt())));
    }
    return table("Nodes", rows, "Node", "Roles", "Address", "Free slots", "Started");
  }

  private static String applications(List<ApplicationView> applications) {
    StringBuilder rows = new StringBuilder();
    for (ApplicationView app : applications) {
      var failure = app.status().failure();
      rows.append(
          row(
              app.spec().id(),
              app.status().state().name(),
              app.spec().bundle().name() + " " + app.spec().bundle().version(),
              String.valueOf(app.spec().submittedAt()),
              failure == null ? "" : failure.message()));
    }
    return table("Applications", rows, "Application", "State", "Bundle", "Submitted", "Failure");
  }

  private static String bundles(List<BundleView> bundles) {
    StringBuilder rows = new StringBuilder();
    for (BundleView bundle : bundles) {
      rows.append(
          row(
              bundle.name(),
              bundle.version(),
              bundle.state(),
              bundle.origin(),
              String.join(", ", bundle.usedBy()),
              bundle.error()));
    }
    return table("Bundles", rows, "Bundle", "Version", "State", "Origin", "Used by", "Error");
  }

  private static String schedulers(SchedulersReply reply) {
    StringBuilder rows = new StringBuilder();
    for (SchedulerView scheduler : reply.schedulers()) {
      boolean standard = scheduler.name().equals(reply.defaultScheduler());
      rows.append(
          row(
              scheduler.name() + (standard ? " (default)" : ""),
              scheduler.state(),
              scheduler.bundle() + " " + scheduler.version(),
              scheduler.lastError()));
    }
    return table("Schedulers", rows, "Scheduler", "State", "Bundle", "Last error");
  }

  private static String table(String title, CharSequence rows, String... heads) {
    StringBuilder html = new StringBuilder();
    html.append("<div class=\"ui-widget-header ui-corner-top buttonGroup\"><span>")
        .append(escape(title))
        .append("</span></div><table class=\"nicetable ui-widget\"><thead><tr>");
    for (String head : heads) {
      html.append("<th class=\"ui-widget-header\">").append(escape(head)).append("</th>");
    }
    html.append("</tr></thead><tbody class=\"ui-widget-content\">");
    html.append(rows.isEmpty() ? "<tr><td colspan=\"" + heads.length + "\">none</td></tr>" : rows);
    return html.append("</tbody></table>").toString();
  }

  private static String row(String... cells) {
    StringBuilder html = new StringBuilder("<tr class=\"ui-state-default\">");
    for (String cell : cells) {
      html.append("<td>").append(cell == null ? "" : escape(cell)).append("</td>");
    }
    return html.append("</tr>").toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replace("$", "&#36;");
  }
}
