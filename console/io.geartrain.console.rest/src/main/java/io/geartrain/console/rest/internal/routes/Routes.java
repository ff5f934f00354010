package io.geartrain.console.rest.internal.routes;

import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.Route;
import io.geartrain.console.rest.internal.RouteTable;
import io.geartrain.security.Authenticator;
import java.util.ArrayList;
import java.util.List;

/** Puts the groups of routes together. Stateless. */
public final class Routes {
  private Routes() {}

  /** All routes of the API. */
  public static RouteTable table(Node node, Authenticator authenticator, NodeInfo info) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new SystemRoutes(node, info).routes());
    routes.addAll(new SessionRoutes(authenticator).routes());
    routes.addAll(new ClusterRoutes(node).routes());
    routes.addAll(new ApplicationRoutes(node).routes());
    routes.addAll(new CheckpointRoutes(node).routes());
    routes.addAll(new BundleRoutes(node).routes());
    return new RouteTable(routes);
  }
}
