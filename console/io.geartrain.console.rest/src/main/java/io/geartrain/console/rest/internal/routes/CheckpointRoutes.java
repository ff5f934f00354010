package io.geartrain.console.rest.internal.routes;

import io.geartrain.console.rest.internal.Call;
import io.geartrain.console.rest.internal.Dto;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Reply;
import io.geartrain.console.rest.internal.Route;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.security.Role;
import java.util.List;

/** Checkpoints and savepoints of applications. Stateless. */
final class CheckpointRoutes {
  private static final int LONGEST_LABEL = 100;

  record Wish(String label) {}

  private final Node node;

  CheckpointRoutes(Node node) {
    this.node = node;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/apps/{id}/checkpoints", Role.VIEWER, this::list),
        new Route("POST", "/apps/{id}/checkpoints", Role.OPERATOR, this::take),
        new Route("POST", "/apps/{id}:stop", Role.OPERATOR, this::stop),
        new Route("GET", "/savepoints", Role.VIEWER, this::allSavepoints),
        new Route("GET", "/apps/{id}/savepoints", Role.VIEWER, this::savepoints),
        new Route("POST", "/apps/{id}/savepoints", Role.OPERATOR, this::save),
        new Route("GET", "/apps/{id}/savepoints/{number}", Role.VIEWER, this::savepoint),
        new Route("DELETE", "/apps/{id}/savepoints/{number}", Role.OPERATOR, this::delete));
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

  private Reply save(Call call) {
    return savepoint(call, false);
  }

  private Reply stop(Call call) {
    return savepoint(call, true);
  }

  private Reply savepoint(Call call, boolean stop) {
    String id = call.path().get("id");
    CheckpointWish wish = new CheckpointWish(true, label(call), stop, call.principal().name());
    CheckpointView begun = node.cluster().checkpoint(id, wish);
    return Reply.accepted(
        Dto.checkpoint(begun), "/api/v1/apps/" + id + "/savepoints/" + begun.number());
  }

  private static String label(Call call) {
    String label = call.body().isEmpty() ? null : call.body().json(Wish.class).label();
    if (label == null || label.isBlank()) {
      return null;
    }
    if (label.length() > LONGEST_LABEL || label.chars().allMatch(Character::isDigit)) {
      throw Problem.badRequest(
          "The label '%s' is a number, or longer than %d characters."
              .formatted(
                  label.substring(0, Math.min(label.length(), LONGEST_LABEL)), LONGEST_LABEL),
          "Give it another name.");
    }
    return label.strip();
  }

  private Reply allSavepoints(Call call) {
    return Reply.ok(Dto.savepoints(node.cluster().savepoints(null)));
  }

  private Reply savepoints(Call call) {
    return Reply.ok(Dto.savepoints(node.cluster().savepoints(call.path().get("id"))));
  }

  private Reply savepoint(Call call) {
    String id = call.path().get("id");
    long number = number(call);
    return node.cluster().savepoints(id).stream()
        .filter(each -> each.number() == number)
        .findFirst()
        .map(found -> Reply.ok(Dto.checkpoint(found)))
        .orElseThrow(
            () ->
                new Problem(
                    404,
                    "unknown-savepoint",
                    "Application %s has no savepoint %d.".formatted(id, number),
                    "'gear savepoints %s' lists them.".formatted(id)));
  }

  private Reply delete(Call call) {
    node.cluster().deleteSavepoint(call.path().get("id"), number(call), call.principal().name());
    return Reply.noContent();
  }

  private static long number(Call call) {
    String given = call.path().get("number");
    try {
      return Long.parseLong(given);
    } catch (NumberFormatException e) {
      throw Problem.badRequest(
          "'%s' is no number of a savepoint.".formatted(given), "See 'gear savepoints'.");
    }
  }
}
