package io.geartrain.console.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.protocol.CheckpointStatus;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What Prometheus is told. */
class MetricsServletTest extends ServletFixture {

  private static final String APP = "{application=\"word-count\",id=\"wc-7f3a\"}";
  private static final String OUT = "{application=\"word-count\",id=\"wc-7f3a\",processor=\"out\"}";

  @Test
  void shouldTellPrometheusOfTheCluster() throws Exception {
    assertProblem(send("GET", "/metrics", null, null), 401, "unauthenticated");
    assertProblem(send("POST", "/metrics", "viewer", null), 405, "bad-request");

    HttpResponse<String> response = send("GET", "/metrics", "viewer", null);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(response.body().lines())
        .allMatch(line -> line.matches("# (HELP|TYPE) .+|[a-z_]+(\\{[^}]*})? (NaN|-?[0-9.E+-]+)"))
        .anyMatch(line -> line.startsWith("gear_processor_records_in_total{application="))
        .anyMatch(line -> line.startsWith("gear_slots_free "))
        .contains(
            "gear_processor_audited_records_total" + OUT + " 99",
            "gear_processor_lost_records_total" + OUT + " 1",
            "gear_processor_duplicated_records_total" + OUT + " 0",
            "gear_processor_late_records_total" + OUT + " 5",
            "gear_processor_dropped_records_total" + OUT + " 4",
            "gear_processor_lag_seconds" + OUT + " 1.5",
            "gear_processor_hop_latency_seconds" + quantile("0.5") + " 2.05E-5",
            "gear_processor_hop_latency_seconds" + quantile("0.99") + " 2.07E-4",
            "gear_processor_hop_latency_seconds" + quantile("1") + " 0.0015",
            "gear_application_watermark_seconds" + APP + " 0.005",
            "gear_application_lag_seconds" + APP + " 1.5",
            "gear_application_clock_stalled" + APP + " 1",
            "gear_application_stalled_tasks" + APP + " 1",
            "gear_application_last_checkpoint_number" + APP + " 7",
            "gear_application_last_checkpoint_timestamp_seconds" + APP + " 1.7672256E9",
            "gear_application_last_checkpoint_duration_seconds" + APP + " 1.25",
            "gear_application_last_checkpoint_bytes" + APP + " 4096",
            "# TYPE gear_application_checkpoints_completed_total counter",
            "gear_application_checkpoints_completed_total" + APP + " 6",
            "gear_application_checkpoints_failed_total" + APP + " 2",
            "gear_application_restarts_total" + APP + " 3");
  }

  /** An app master that has just taken over knows the number alone. */
  @Test
  void shouldNotTellWhatIsUnknownOfTheLastCheckpoint() throws Exception {
    cluster.checkpoints = new CheckpointStatus(7, null, 0, 0, 0, 0, null, 0, 7, 0, null);

    assertThat(send("GET", "/metrics", "viewer", null).body().lines())
        .contains(
            "gear_application_last_checkpoint_number" + APP + " 7",
            "gear_application_checkpoints_completed_total" + APP + " 0")
        .noneMatch(line -> line.startsWith("gear_application_last_checkpoint_timestamp"))
        .noneMatch(line -> line.startsWith("gear_application_last_checkpoint_duration"))
        .noneMatch(line -> line.startsWith("gear_application_last_checkpoint_bytes"));
  }

  private static String quantile(String which) {
    return OUT.replace("}", ",quantile=\"" + which + "\"}");
  }
}
