package io.geartrain.console.rest.internal;

import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.AuditStatus;
import io.geartrain.protocol.CheckpointStatus;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.LatencyStatus;
import io.geartrain.protocol.ProcessorStatus;
import java.util.List;
import java.util.function.Function;

/**
 * The cluster in the text format 0.0.4 of Prometheus; pure. Applications that have ended are left
 * out, but for the count of each state.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
public final class PrometheusText {
  private final StringBuilder text = new StringBuilder();

  private PrometheusText() {}

  /** The whole text. */
  public static String of(ClusterView cluster, List<ApplicationView> applications) {
    PrometheusText text = new PrometheusText();
    text.cluster(cluster);
    text.applications(applications.stream().filter(PrometheusText::lives).toList());
    return text.text.toString();
  }

  private static boolean lives(ApplicationView application) {
    return !application.status().state().isTerminal();
  }

  private void cluster(ClusterView cluster) {
    single("gear_leader_epoch", "Epoch of the leading master", "gauge", cluster.epoch());
    single("gear_nodes", "Nodes of the cluster", "gauge", cluster.nodes());
    single("gear_workers", "Workers of the cluster", "gauge", cluster.workers());
    single("gear_slots", "Slots of all workers", "gauge", cluster.totalSlots());
    single("gear_slots_free", "Slots that nobody uses", "gauge", cluster.freeSlots());
    family("gear_applications", "Applications in each state", "gauge");
    for (ApplicationState state : ApplicationState.values()) {
      sample(
          "gear_applications",
          "state=\"" + state + "\"",
          cluster.applications().getOrDefault(state, 0));
    }
  }

  private void applications(List<ApplicationView> applications) {
    perProcessor(
        applications,
        "gear_processor_records_in_total",
        "Records that came in",
        "counter",
        ProcessorStatus::recordsIn);
    perProcessor(
        applications,
        "gear_processor_records_out_total",
        "Records that went out",
        "counter",
        ProcessorStatus::recordsOut);
    perProcessor(
        applications,
        "gear_processor_busy_ratio",
        "Share of the last second spent working, mean of the tasks",
        "gauge",
        processor -> processor.busyPercent() / 100);
    perProcessor(
        applications,
        "gear_processor_blocked_ratio",
        "Share of the last second spent waiting for credit, mean of the tasks",
        "gauge",
        processor -> processor.blockedPercent() / 100);
    perProcessor(
        applications,
        "gear_processor_watermark_seconds",
        "Least watermark of the tasks, seconds since 1970",
        "gauge",
        processor -> watermarkSeconds(processor.watermark()));
    perProcessor(
        applications,
        "gear_processor_lag_seconds",
        "How far the watermark is behind the newest event time of the sources",
        "gauge",
        processor -> seconds(processor.health().lagMs()));
    latencies(applications);
    clocks(applications);
    checkpoints(applications);
    perProcessor(
        applications,
        "gear_processor_late_records_total",
        "Records that came too late for any window",
        "counter",
        processor -> processor.health().recordsLate());
    perProcessor(
        applications,
        "gear_processor_dropped_records_total",
        "Records that came too late for any window, and that no stream takes",
        "counter",
        processor -> processor.health().recordsDropped());
    audits(applications);
  }

  private void latencies(List<ApplicationView> applications) {
    String name = "gear_processor_hop_latency_seconds";
    family(
        name,
        "Within which time batches of the last second reached the step from the tasks before",
        "gauge");
    for (ApplicationView application : applications) {
      for (ProcessorStatus processor : application.status().processors()) {
        LatencyStatus latency = processor.health().latency();
        if (latency != null) {
          String labels = labels(application, processor) + ",quantile=";
          sample(name, labels + "\"0.5\"", latency.p50Nanos() / 1e9);
          sample(name, labels + "\"0.99\"", latency.p99Nanos() / 1e9);
          sample(name, labels + "\"1\"", latency.maxNanos() / 1e9);
        }
      }
    }
  }

  private void clocks(List<ApplicationView> applications) {
    perApplication(
        applications,
        "gear_application_watermark_seconds",
        "Least watermark of all tasks, seconds since 1970",
        "gauge",
        status -> watermarkSeconds(status.health().clock().watermark()));
    perApplication(
        applications,
        "gear_application_lag_seconds",
        "How far that is behind the newest event time of the sources",
        "gauge",
        status -> seconds(status.health().clock().lagMs()));
    perApplication(
        applications,
        "gear_application_clock_stalled",
        "1 if a task holds event time back though those before it go on, else 0",
        "gauge",
        status -> status.health().clock().stalled() == null ? 0 : 1);
    perApplication(
        applications,
        "gear_application_stalled_tasks",
        "Tasks that do not come back from the application's code",
        "gauge",
        status -> status.health().stalls().tasks());
  }

  private void checkpoints(List<ApplicationView> applications) {
    perApplication(
        applications,
        "gear_application_last_checkpoint_number",
        "Number of the last checkpoint that stands, 0 if there is none",
        "gauge",
        status -> status.checkpoints().last());
    perApplication(
        applications,
        "gear_application_last_checkpoint_timestamp_seconds",
        "When it was committed, seconds since 1970",
        "gauge",
        made(last -> last.lastAt().toEpochMilli() / 1000.0));
    perApplication(
        applications,
        "gear_application_last_checkpoint_duration_seconds",
        "How long it took",
        "gauge",
        made(last -> last.durationMs() / 1000.0));
    perApplication(
        applications,
        "gear_application_last_checkpoint_bytes",
        "How large its files are together",
        "gauge",
        made(CheckpointStatus::bytes));
    perApplication(
        applications,
        "gear_application_checkpoints_completed_total",
        "Checkpoints that were made",
        "counter",
        status -> status.checkpoints().completed());
    perApplication(
        applications,
        "gear_application_checkpoints_failed_total",
        "Checkpoints that were given up",
        "counter",
        status -> status.checkpoints().failed());
    perApplication(
        applications,
        "gear_application_restarts_total",
        "Restarts after a failure",
        "counter",
        status -> status.checkpoints().restarts());
  }

  /** Known only of a checkpoint that was made since the app master began. */
  private static Function<ApplicationStatus, Number> made(
      Function<CheckpointStatus, Number> value) {
    return status ->
        status.checkpoints().lastAt() == null ? null : value.apply(status.checkpoints());
  }

  private static Number seconds(Long millis) {
    return millis == null ? null : millis / 1000.0;
  }

  private void audits(List<ApplicationView> applications) {
    perProcessor(
        applications,
        "gear_processor_audited_records_total",
        "Records of which as many came by channels as were sent",
        "counter",
        audited(AuditStatus::audited));
    perProcessor(
        applications,
        "gear_processor_lost_records_total",
        "Records that were sent and did not come",
        "counter",
        audited(AuditStatus::lost));
    perProcessor(
        applications,
        "gear_processor_duplicated_records_total",
        "Records that came more often than they were sent",
        "counter",
        audited(AuditStatus::duplicated));
  }

  private static Function<ProcessorStatus, Number> audited(Function<AuditStatus, Number> value) {
    return processor ->
        processor.health().audit() == null ? null : value.apply(processor.health().audit());
  }

  /** Seconds since 1970; null before the first watermark and after the last. */
  private static Number watermarkSeconds(Long watermark) {
    boolean known = watermark != null && watermark != Long.MIN_VALUE && watermark != Long.MAX_VALUE;
    return known ? watermark / 1000.0 : null;
  }

  private void perApplication(
      List<ApplicationView> applications,
      String name,
      String help,
      String type,
      Function<ApplicationStatus, Number> value) {
    family(name, help, type);
    for (ApplicationView application : applications) {
      Number number = value.apply(application.status());
      if (number != null) {
        sample(name, labels(application), number);
      }
    }
  }

  private static String labels(ApplicationView application) {
    return "application=\"%s\",id=\"%s\""
        .formatted(escape(application.spec().name()), escape(application.spec().id()));
  }

  private void perProcessor(
      List<ApplicationView> applications,
      String name,
      String help,
      String type,
      Function<ProcessorStatus, Number> value) {
    family(name, help, type);
    for (ApplicationView application : applications) {
      for (ProcessorStatus processor : application.status().processors()) {
        Number number = value.apply(processor);
        if (number != null) {
          sample(name, labels(application, processor), number);
        }
      }
    }
  }

  private static String labels(ApplicationView application, ProcessorStatus processor) {
    return labels(application) + ",processor=\"%s\"".formatted(escape(processor.id()));
  }

  private void single(String name, String help, String type, Number value) {
    family(name, help, type);
    sample(name, "", value);
  }

  private void family(String name, String help, String type) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, Number value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append('\n');
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
