package io.geartrain.console.rest.internal;

import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.Principal;
import io.geartrain.security.RequestGuard;
import io.geartrain.security.Role;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Knows the tokens viewer, operator and admin, and sessions; remembers audit lines. */
public final class FakeSecurity implements Authenticator, RequestGuard, AuditLog {
  public final ConcurrentLinkedQueue<String> audit = new ConcurrentLinkedQueue<>();
  public final Map<String, Principal> sessions = new ConcurrentHashMap<>();

  @Override
  public Optional<Principal> authenticate(String authorization, String session) {
    if (authorization == null) {
      return session == null ? Optional.empty() : Optional.ofNullable(sessions.get(session));
    }
    for (Role role : Role.values()) {
      String name = role.name().toLowerCase(Locale.ROOT);
      if (authorization.equals("Bearer " + name)) {
        return Optional.of(new Principal(name, role));
      }
    }
    return Optional.empty();
  }

  @Override
  public String issueCode(Principal principal) {
    return "code-" + principal.name() + "-" + principal.role();
  }

  @Override
  public Optional<String> redeem(String code) {
    return Optional.empty();
  }

  @Override
  public void endSession(String session) {
    sessions.remove(session);
  }

  @Override
  public Optional<Refusal> check(RequestOrigin request) {
    if (!request.host().startsWith("127.0.0.1:")) {
      return Optional.of(new Refusal(421, "bad-host", "not this host", "use the address"));
    }
    boolean foreign = request.origin() != null && !request.origin().endsWith(request.host());
    return foreign && !request.method().equals("GET")
        ? Optional.of(new Refusal(403, "bad-origin", "foreign page", null))
        : Optional.empty();
  }

  @Override
  public void refused(String code, Principal principal, String method, String path, String from) {
    audit.add(
        "refused "
            + code
            + " "
            + (principal == null ? "-" : principal.name())
            + " "
            + method
            + " "
            + path);
  }

  @Override
  public void changed(Principal principal, String method, String path, int status) {
    audit.add(principal.name() + " " + method + " " + path + " " + status);
  }
}
