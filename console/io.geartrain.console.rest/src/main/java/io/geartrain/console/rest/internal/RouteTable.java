package io.geartrain.console.rest.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All routes of the API. Immutable. */
public final class RouteTable {
  /** The route of a request, and the values of its variables. */
  public record Match(Route route, Map<String, String> variables) {}

  private final List<Route> routes;

  /** A table of these routes. */
  public RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** All routes. */
  public List<Route> routes() {
    return routes;
  }

  /**
   * Finds the route; HEAD finds that of GET.
   *
   * @param segments of the path below {@code /api/v1}, decoded
   * @return empty if there is nothing at this path, or nothing for this method: {@link #allowed}
   */
  public Optional<Match> find(String method, List<String> segments) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    for (Route route : routes) {
      if (route.method().equals(wanted)) {
        Optional<Map<String, String>> variables = route.match(segments);
        if (variables.isPresent()) {
          return Optional.of(new Match(route, variables.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** The methods that this path has; empty if there is nothing at it. */
  public List<String> allowed(List<String> segments) {
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.match(segments).isPresent()) {
        methods.add(route.method());
        if (route.method().equals("GET")) {
          methods.add("HEAD");
        }
      }
    }
    return new ArrayList<>(methods);
  }
}
