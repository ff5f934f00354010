package io.geartrain.console.rest.internal.routes;

import io.geartrain.console.rest.internal.Call;
import io.geartrain.console.rest.internal.Dto;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Reply;
import io.geartrain.console.rest.internal.Route;
import io.geartrain.security.Role;
import java.util.List;
import java.util.Map;

/** Cluster, nodes and schedulers. Stateless. */
final class ClusterRoutes {
  record SchedulerChoice(String name) {}

  private final Node node;

  ClusterRoutes(Node node) {
    this.node = node;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/cluster", Role.VIEWER, this::cluster),
        new Route("GET", "/nodes", Role.VIEWER, this::nodes),
        new Route("POST", "/nodes/{id}:stop", Role.ADMIN, this::stop),
        new Route("GET", "/schedulers", Role.VIEWER, this::schedulers),
        new Route("PUT", "/scheduler", Role.ADMIN, this::choose));
  }

  private Reply cluster(Call call) {
    return Reply.ok(Dto.cluster(node.cluster().cluster()));
  }

  private Reply nodes(Call call) {
    return Reply.ok(Dto.nodes(node.cluster().nodes()));
  }

  private Reply stop(Call call) {
    String id = call.path().get("id");
    node.cluster().stopNode(id, call.principal().name());
    return Reply.accepted(Map.of("node", id));
  }

  private Reply schedulers(Call call) {
    return Reply.ok(Dto.schedulers(node.cluster().schedulers()));
  }

  private Reply choose(Call call) {
    String name = call.body().json(SchedulerChoice.class).name();
    if (name == null || name.isBlank()) {
      throw Problem.badRequest("The field 'name' is missing.", "See 'gear schedulers'.");
    }
    node.cluster().setScheduler(name, call.principal().name());
    return Reply.ok(Dto.schedulers(node.cluster().schedulers()));
  }
}
