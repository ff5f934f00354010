package io.geartrain.console.rest.internal.http;

import io.geartrain.client.ClusterClient;
import io.geartrain.client.ClusterException;
import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Problems;
import io.geartrain.console.rest.internal.PrometheusText;
import io.geartrain.security.Role;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code GET /metrics}: the cluster for Prometheus. Called by many threads. */
public class MetricsServlet extends HttpServlet {
  /** Path of the metrics. */
  public static final String PATH = "/metrics";

  private static final long serialVersionUID = 1;

  private final transient Node node;
  private final transient Gate gate;
  private final transient Responses responses = new Responses(new Json());

  /** A servlet that asks this node. */
  public MetricsServlet(Node node, Gate gate) {
    this.node = node;
    this.gate = gate;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Responses.secureApi(response);
    boolean head = request.getMethod().equals("HEAD");
    try {
      gate.checkOrigin(request);
      gate.require(Role.VIEWER, request);
      if (!head && !request.getMethod().equals("GET")) {
        response.setHeader("Allow", "GET, HEAD");
        throw new Problem(
            405, "bad-request", request.getMethod() + " is not possible here.", "GET.");
      }
      write(response, head);
    } catch (ClusterException e) {
      responses.write(Problems.of(e), head, response);
    } catch (Problem e) {
      responses.write(e, head, response);
    }
  }

  private void write(HttpServletResponse response, boolean head) throws IOException {
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
