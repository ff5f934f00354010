package io.geartrain.console.rest.internal.http;

import io.geartrain.client.ClusterException;
import io.geartrain.console.rest.internal.Call;
import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Problems;
import io.geartrain.console.rest.internal.Reply;
import io.geartrain.console.rest.internal.Route;
import io.geartrain.console.rest.internal.RouteTable;
import io.geartrain.security.Principal;
import io.geartrain.security.Role;
import io.geartrain.spi.BundleProblem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the route table: origin, then principal and role, then the handler, and all errors as
 * problem documents. Called by many threads.
 */
public class ApiServlet extends HttpServlet {
  /** Path of the API. */
  public static final String ROOT = "/api/v1";

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

  private final transient RouteTable routes;
  private final transient Gate gate;
  private final transient Json json;
  private final transient Responses responses;
  private final long maxUploadBytes;
  private final transient Supplier<String> incidentIds;

  /**
   * A servlet over a route table.
   *
   * @param maxUploadBytes longest body of an upload
   * @param incidentIds a new id each time, to find the log line of an internal error
   */
  public ApiServlet(
      RouteTable routes, Gate gate, Json json, long maxUploadBytes, Supplier<String> incidentIds) {
    this.routes = routes;
    this.gate = gate;
    this.json = json;
    this.responses = new Responses(json);
    this.maxUploadBytes = maxUploadBytes;
    this.incidentIds = incidentIds;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Responses.secureApi(response);
    boolean head = request.getMethod().equals("HEAD");
    Reply reply;
    try {
      reply = serve(request, response);
    } catch (Problem e) {
      reply = responses.reply(e);
    } catch (ClusterException e) {
      reply = responses.reply(Problems.of(e));
    } catch (BundleProblem e) {
      reply = responses.reply(Problems.of(e));
    } catch (IOException | RuntimeException | LinkageError e) {
      reply = responses.reply(internal(e, request));
    }
    responses.write(reply, head, response);
  }

  private Reply serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    gate.checkOrigin(request);
    List<String> segments = segments(request);
    RouteTable.Match match = routes.find(request.getMethod(), segments).orElse(null);
    if (match == null) {
      gate.require(Role.VIEWER, request);
      throw noRoute(segments, request, response);
    }
    Route route = match.route();
    Principal principal = route.role() == null ? null : gate.require(route.role(), request);
    Reply reply = route.handler().handle(call(principal, match.variables(), request));
    if (principal != null && !route.method().equals("GET")) {
      gate.changed(principal, request, reply.status());
    }
    return reply;
  }

  private Call call(
      Principal principal, Map<String, String> variables, HttpServletRequest request) {
    Map<String, String> query = new TreeMap<>();
    if (request.getQueryString() != null) {
      for (String pair : request.getQueryString().split("&")) {
        String[] parts = pair.split("=", 2);
        query.putIfAbsent(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
      }
    }
    return new Call(
        principal,
        variables,
        query,
        Gate.session(request),
        request.getScheme() + "://" + request.getHeader("Host"),
        new HttpBody(request, json, maxUploadBytes));
  }

  private Problem noRoute(
      List<String> segments, HttpServletRequest request, HttpServletResponse response) {
    List<String> allowed = routes.allowed(segments);
    if (allowed.isEmpty()) {
      return Problem.notFound(request.getRequestURI());
    }
    String methods = String.join(", ", allowed);
    response.setHeader("Allow", methods);
    return new Problem(
        405,
        "bad-request",
        request.getMethod() + " is not possible at " + request.getRequestURI() + ".",
        "Possible: " + methods + ".");
  }

  private Problem internal(Throwable error, HttpServletRequest request) {
    String incident = incidentIds.get();
    LOG.error(
        "Incident {}: {} {} failed", incident, request.getMethod(), request.getRequestURI(), error);
    return new Problem(
        500,
        "internal",
        "Something went wrong in this node: incident " + incident + ".",
        "The node's log tells more under 'Incident " + incident + "'.");
  }

  private static List<String> segments(HttpServletRequest request) {
    String path = request.getRequestURI().substring(ROOT.length());
    List<String> segments = new ArrayList<>();
    for (String segment :
        path.isEmpty() ? List.<String>of() : List.of(path.substring(1).split("/", -1))) {
      segments.add(decode(segment.replace("+", "%2B")));
    }
    return segments;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("The address is not well encoded.", null);
    }
  }
}
