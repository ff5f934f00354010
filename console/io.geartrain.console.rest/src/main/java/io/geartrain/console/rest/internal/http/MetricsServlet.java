package io.geartrain.console.rest.internal.http;

import io.geartrain.client.ClusterClient;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.PrometheusText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code GET /metrics}: the cluster for Prometheus. Called by many threads. */
public class MetricsServlet extends ReadServlet {
  /** Path of the metrics. */
  public static final String PATH = "/metrics";

  private static final long serialVersionUID = 1;

  private final transient Node node;

  /** A servlet that asks this node. */
  public MetricsServlet(Node node, Gate gate) {
    super(gate);
    this.node = node;
  }

  @Override
  void read(HttpServletRequest request, HttpServletResponse response, boolean head)
      throws IOException {
    ClusterClient cluster = node.cluster();
    byte[] text =
        PrometheusText.of(cluster.cluster(), cluster.applications())
            .getBytes(StandardCharsets.UTF_8);
    response.setContentType("text/plain; version=0.0.4; charset=utf-8");
    response.setContentLength(text.length);
    if (!head) {
      response.getOutputStream().write(text);
    }
  }
}
