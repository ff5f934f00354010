package io.geartrain.console.rest.internal.http;

import io.geartrain.client.ClusterException;
import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Problems;
import io.geartrain.security.Role;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets viewers read one thing, and no more; answers problems as such. Called by many threads. */
abstract class ReadServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient Gate gate;
  private final transient Responses responses = new Responses(new Json());

  ReadServlet(Gate gate) {
    this.gate = gate;
  }

  /**
   * Answers a request that may be.
   *
   * @param head whether the answer is to have no body
   */
  abstract void read(HttpServletRequest request, HttpServletResponse response, boolean head)
      throws IOException;

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
      read(request, response, head);
    } catch (ClusterException e) {
      responses.write(Problems.of(e), head, response);
    } catch (Problem e) {
      responses.write(e, head, response);
    }
  }
}
