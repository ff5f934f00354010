package io.geartrain.console.rest.internal.routes;

import io.geartrain.console.rest.internal.Call;
import io.geartrain.console.rest.internal.Dto;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Reply;
import io.geartrain.console.rest.internal.Route;
import io.geartrain.protocol.StartWish;
import io.geartrain.security.Role;
import java.util.List;
import java.util.Map;

/** Applications. Stateless. */
final class ApplicationRoutes {
  record Submission(
      String bundle,
      String name,
      Map<String, String> settings,
      String scheduler,
      String from,
      List<String> dropState,
      Boolean allowDroppedState) {}

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
                    from(wanted),
                    call.principal().name()));
    return Reply.created(app, "/api/v1/apps/" + app.id());
  }

  /** {@code ID} or {@code ID/SAVEPOINT}; names of applications have no slash. */
  private static StartWish from(Submission wanted) {
    List<String> dropped = wanted.dropState() == null ? List.of() : wanted.dropState();
    boolean allowDropped = Boolean.TRUE.equals(wanted.allowDroppedState());
    if (wanted.from() == null) {
      if (!dropped.isEmpty() || allowDropped) {
        throw Problem.badRequest(
            "There is no state to leave out, for the field 'from' is missing.",
            "Say what the application is started from.");
      }
      return null;
    }
    int slash = wanted.from().indexOf('/');
    String id = slash < 0 ? wanted.from() : wanted.from().substring(0, slash);
    String savepoint = slash < 0 ? null : wanted.from().substring(slash + 1);
    boolean wrong = id.isBlank() || savepoint != null && savepoint.isBlank();
    if (wrong || dropped.stream().anyMatch(step -> step == null || step.isBlank())) {
      throw Problem.badRequest(
          "'%s' is neither ID nor ID/SAVEPOINT, or a step to drop has no name."
              .formatted(wanted.from()),
          "See 'gear savepoints'.");
    }
    return new StartWish(id, savepoint, dropped, allowDropped);
  }

  private Reply get(Call call) {
    return Reply.ok(Dto.app(node.cluster().application(call.path().get("id"))));
  }

  private Reply cancel(Call call) {
    return Reply.accepted(
        Dto.app(node.cluster().cancel(call.path().get("id"), call.principal().name())));
  }
}
