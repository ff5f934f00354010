package io.geartrain.console.rest.internal.http;

import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.events.EventHub;
import io.geartrain.security.Role;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /api/v1/events}: subscribes clients to the hub. Called by many threads. */
public class EventsServlet extends HttpServlet {
  /** Path of the events. */
  public static final String PATH = ApiServlet.ROOT + "/events";

  private static final long serialVersionUID = 1;

  private final transient EventHub hub;
  private final transient Gate gate;
  private final transient Runnable wake;
  private final transient Responses responses = new Responses(new Json());

  /**
   * A servlet before that hub.
   *
   * @param wake called after a client came, so that it need not wait for the next poll
   */
  public EventsServlet(EventHub hub, Gate gate, Runnable wake) {
    this.hub = hub;
    this.gate = gate;
    this.wake = wake;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Responses.secureApi(response);
    boolean head = request.getMethod().equals("HEAD");
    try {
      gate.checkOrigin(request);
      gate.require(Role.VIEWER, request);
      if (head) {
        response.setContentType("text/event-stream");
      } else if (request.getMethod().equals("GET")) {
        subscribe(request, response);
      } else {
        response.setHeader("Allow", "GET, HEAD");
        throw new Problem(
            405, "bad-request", request.getMethod() + " is not possible here.", "GET.");
      }
    } catch (Problem e) {
      responses.write(e, head, response);
    }
  }

  private void subscribe(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!hub.hasRoom()) {
      throw Problem.unavailable("Too many pages listen for events already.");
    }
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    String authorization = request.getHeader("Authorization");
    String session = Gate.session(request);
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    EventStream stream = new EventStream(hub, context, () -> gate.isKnown(authorization, session));
    stream.start();
    if (hub.subscribe(stream)) {
      wake.run();
    } else {
      stream.close();
    }
  }
}
