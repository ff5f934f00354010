package io.geartrain.console.rest.internal.http;

import io.geartrain.console.rest.internal.Problem;
import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.Principal;
import io.geartrain.security.RequestGuard;
import io.geartrain.security.RequestGuard.RequestOrigin;
import io.geartrain.security.Role;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Lets a request in, or throws the problem that keeps it out, with an audit line. Thread-safe. */
public final class Gate {
  private final RequestGuard guard;
  private final Authenticator authenticator;
  private final AuditLog audit;

  /** A gate. */
  public Gate(RequestGuard guard, Authenticator authenticator, AuditLog audit) {
    this.guard = guard;
    this.authenticator = authenticator;
    this.audit = audit;
  }

  /** Refuses a foreign host name, and unsafe requests of foreign pages. */
  public void checkOrigin(HttpServletRequest request) {
    var origin =
        new RequestOrigin(
            request.getMethod(),
            request.getScheme(),
            request.getHeader("Host"),
            request.getLocalAddr(),
            request.getLocalPort(),
            request.getHeader("Origin"),
            request.getHeader("Sec-Fetch-Site"));
    guard
        .check(origin)
        .ifPresent(
            refusal -> {
              refused(refusal.code(), null, request);
              throw new Problem(refusal.status(), refusal.code(), refusal.detail(), refusal.hint());
            });
  }

  /** Who asks; refuses somebody unknown, or without the role. */
  public Principal require(Role role, HttpServletRequest request) {
    Optional<Principal> known = authenticate(request);
    if (known.isEmpty()) {
      refused("unauthenticated", null, request);
      throw new Problem(
          401,
          "unauthenticated",
          request.getHeader("Authorization") == null
              ? "The request carries neither a token nor a session."
              : "The token is not the one of this node.",
          "The token is in data/security/token of the node's folder: send it as 'Authorization:"
              + " Bearer …'. For a browser, 'gear console' prints an address with a login code.");
    }
    Principal principal = known.get();
    if (!principal.role().includes(role)) {
      refused("forbidden", principal, request);
      throw new Problem(
          403,
          "forbidden",
          "This needs the role "
              + lower(role)
              + "; "
              + principal.name()
              + " is "
              + lower(principal.role())
              + ".",
          "Log in with an account of that role.");
    }
    return principal;
  }

  /** True if the request's token or session is still good. */
  boolean isKnown(String authorization, String session) {
    return authenticator.authenticate(authorization, session).isPresent();
  }

  /** Writes down that something was changed. */
  void changed(Principal principal, HttpServletRequest request, int status) {
    audit.changed(principal, request.getMethod(), request.getRequestURI(), status);
  }

  private Optional<Principal> authenticate(HttpServletRequest request) {
    return authenticator.authenticate(request.getHeader("Authorization"), session(request));
  }

  /** The session's id in the cookie, or null. */
  static String session(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(Authenticator.SESSION_COOKIE)) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }

  private void refused(String code, Principal principal, HttpServletRequest request) {
    audit.refused(
        code, principal, request.getMethod(), request.getRequestURI(), request.getRemoteAddr());
  }

  private static String lower(Role role) {
    return role.name().toLowerCase(java.util.Locale.ROOT);
  }
}
