package io.geartrain.console.rest.internal.http;

import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Leads from the root to the page; tells of anything unknown. Called by many threads. */
public class RootServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient Gate gate;
  private final transient Responses responses = new Responses(new Json());

  /** A servlet behind that gate. */
  public RootServlet(Gate gate) {
    this.gate = gate;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Responses.secureApi(response);
    boolean head = request.getMethod().equals("HEAD");
    try {
      gate.checkOrigin(request);
      if (request.getRequestURI().equals("/") && (head || request.getMethod().equals("GET"))) {
        response.setStatus(302);
        response.setHeader("Location", "/ui/");
      } else {
        responses.write(Problem.notFound(request.getRequestURI()), head, response);
      }
    } catch (Problem e) {
      responses.write(e, head, response);
    }
  }
}
