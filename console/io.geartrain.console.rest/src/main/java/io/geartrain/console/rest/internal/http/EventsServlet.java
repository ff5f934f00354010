package io.geartrain.console.rest.internal.http;

import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.events.EventHub;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /api/v1/events}: subscribes clients to the hub. Called by many threads. */
public class EventsServlet extends ReadServlet {
  /** Path of the events. */
  public static final String PATH = ApiServlet.ROOT + "/events";

  private static final long serialVersionUID = 1;

  private final transient EventHub hub;
  private final transient Gate gate;
  private final transient Runnable wake;

  /**
   * A servlet before that hub.
   *
   * @param wake called after a client came, so that it need not wait for the next poll
   */
  public EventsServlet(EventHub hub, Gate gate, Runnable wake) {
    super(gate);
    this.hub = hub;
    this.gate = gate;
    this.wake = wake;
  }

  @Override
  void read(HttpServletRequest request, HttpServletResponse response, boolean head)
      throws IOException {
    if (head) {
      response.setContentType("text/event-stream");
    } else {
      subscribe(request, response);
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
