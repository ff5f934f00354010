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

/** Applications. Stateless. */
final class ApplicationRoutes {
  record Submission(String bundle, String name, Map<String, String> settings, String scheduler) {}

  private final Node node;

  ApplicationRoutes(Node node) {
    this.node = node;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/apps", Role.VIEWER, this::list),
        new Route("POST", "/apps", Role.OPERATOR, this::submit),
        new Route("GET", "/apps/{id}", Role.VIEWER, this::get),
        new Route("POST", "/apps/{id}:cancel", Role.OPERATOR, this::cancel));
  }

  private Reply list(Call call) {
    return Reply.ok(Dto.apps(node.cluster().applications()));
  }

  private Reply submit(Call call) {
    Submission wanted = call.body().json(Submission.class);
    if (wanted.bundle() == null || wanted.bundle().isBlank()) {
      throw Problem.badRequest(
          "The field 'bundle' is missing.",
          "Name a deployed bundle, or give its SHA-256; see 'gear bundles'.");
    }
    Map<String, String> settings = wanted.settings() == null ? Map.of() : wanted.settings();
    settings.forEach(
        (key, value) -> {
          if (key.isBlank() || value == null) {
            throw Problem.badRequest("The setting '" + key + "' has no name or no value.", null);
          }
        });
    Dto.AppDetail app =
        Dto.app(
            node.cluster()
                .submit(
                    wanted.bundle(),
                    wanted.name(),
                    settings,
                    wanted.scheduler(),
                    call.principal().name()));
    return Reply.created(app, "/api/v1/apps/" + app.id());
  }

  private Reply get(Call call) {
    return Reply.ok(Dto.app(node.cluster().application(call.path().get("id"))));
  }

  private Reply cancel(Call call) {
    return Reply.accepted(
        Dto.app(node.cluster().cancel(call.path().get("id"), call.principal().name())));
  }
}
