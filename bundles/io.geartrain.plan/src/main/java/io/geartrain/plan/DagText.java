package io.geartrain.plan;

import io.geartrain.plan.PlannedProcessor.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Draws a plan as a tree of lines; a step with several inputs is drawn once and then named. */
final class DagText {
  private final ExecutionPlan plan;
  private final Set<String> drawn = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private DagText(ExecutionPlan plan) {
    this.plan = plan;
  }

  /** The drawing; no line end after the last line. */
  static String of(ExecutionPlan plan) {
    DagText drawing = new DagText(plan);
    for (PlannedProcessor processor : plan.processors()) {
      if (processor.kind() == Kind.SOURCE) {
        drawing.draw(processor, "", "", "");
      }
    }
    return drawing.text.toString().stripTrailing();
  }

  private void draw(PlannedProcessor processor, String indent, String branch, String edge) {
    text.append(indent).append(branch).append(edge).append(label(processor));
    boolean first = drawn.add(processor.id());
    text.append(first ? "\n" : " (see above)\n");
    if (!first) {
      return;
    }
    String below = branch.isEmpty() ? indent : indent + (branch.startsWith("└") ? "   " : "│  ");
    List<PlannedEdge> outputs = plan.outputs(processor.id());
    for (int i = 0; i < outputs.size(); i++) {
      PlannedEdge output = outputs.get(i);
      boolean last = i == outputs.size() - 1;
      draw(plan.processor(output.to()), below, last ? "└─" : "├─", routing(output) + "→ ");
    }
  }

  private static String label(PlannedProcessor processor) {
    return processor.id()
        + " ×"
        + processor.parallelism()
        + (processor.blocking() ? " (blocking)" : "");
  }

  private static String routing(PlannedEdge edge) {
    if (edge.fused()) {
      return "";
    }
    return (edge.combined() ? "combined " : "")
        + edge.routing().name().toLowerCase(Locale.ROOT)
        + " ";
  }
}
