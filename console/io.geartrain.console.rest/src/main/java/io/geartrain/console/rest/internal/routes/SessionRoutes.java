package io.geartrain.console.rest.internal.routes;

import io.geartrain.console.rest.internal.Call;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Reply;
import io.geartrain.console.rest.internal.Route;
import io.geartrain.security.Authenticator;
import io.geartrain.security.Principal;
import io.geartrain.security.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who is logged in, login codes, logging out. Stateless. */
final class SessionRoutes {
  private static final String EXPIRED =
      Authenticator.SESSION_COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict";

  /** Body of a request for a code; both may be left out. */
  record CodeRequest(String name, String role) {}

  record Code(String code, String url) {}

  record Me(String principal, String role) {}

  private final Authenticator authenticator;

  SessionRoutes(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/me", Role.VIEWER, this::me),
        new Route("POST", "/session:code", Role.ADMIN, this::code),
        new Route("DELETE", "/session", Role.VIEWER, this::logOut));
  }

  private Reply me(Call call) {
    Principal principal = call.principal();
    return Reply.ok(new Me(principal.name(), principal.role().name().toLowerCase(Locale.ROOT)));
  }

  private Reply code(Call call) {
    Principal principal = call.principal();
    if (!call.body().isEmpty()) {
      CodeRequest wanted = call.body().json(CodeRequest.class);
      principal =
          new Principal(
              wanted.name() == null ? principal.name() : name(wanted.name()),
              wanted.role() == null ? principal.role() : role(wanted.role()));
    }
    String code = authenticator.issueCode(principal);
    return Reply.ok(new Code(code, call.baseUrl() + "/ui?code=" + code));
  }

  private static String name(String name) {
    if (!name.matches("[\\p{L}\\p{N}._@-]{1,64}")) {
      throw Problem.badRequest(
          "The name must be 1 to 64 letters, digits, '.', '_', '@' or '-'.", null);
    }
    return name;
  }

  private static Role role(String role) {
    for (Role known : Role.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(role)) {
        return known;
      }
    }
    throw Problem.badRequest("There is no role '" + role + "'.", "viewer, operator or admin.");
  }

  private Reply logOut(Call call) {
    if (call.session() != null) {
      authenticator.endSession(call.session());
    }
    return new Reply(204, null, Map.of("Set-Cookie", EXPIRED));
  }
}
