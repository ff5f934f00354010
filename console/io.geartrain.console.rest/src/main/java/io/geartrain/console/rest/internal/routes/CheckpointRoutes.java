package io.geartrain.console.rest.internal.routes;

import io.geartrain.console.rest.internal.Call;
import io.geartrain.console.rest.internal.Dto;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.Reply;
import io.geartrain.console.rest.internal.Route;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.security.Role;
import java.util.List;

/** Checkpoints of applications. Stateless. */
final class CheckpointRoutes {
  private final Node node;

  CheckpointRoutes(Node node) {
    this.node = node;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/apps/{id}/checkpoints", Role.VIEWER, this::list),
        new Route("POST", "/apps/{id}/checkpoints", Role.OPERATOR, this::take));
  }

  private Reply list(Call call) {
    return Reply.ok(Dto.checkpoints(node.cluster().checkpoints(call.path().get("id"))));
  }

  private Reply take(Call call) {
    String id = call.path().get("id");
    CheckpointWish wish = CheckpointWish.checkpoint(call.principal().name());
    return Reply.accepted(
        Dto.checkpoint(node.cluster().checkpoint(id, wish)), "/api/v1/apps/" + id + "/checkpoints");
  }
}
