package io.geartrain.console.felix.internal;

import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.Principal;
import io.geartrain.security.RequestGuard;
import io.geartrain.security.RequestGuard.Refusal;
import io.geartrain.security.RequestGuard.RequestOrigin;
import io.geartrain.security.Role;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Lets admins into the Felix Web Console by their session or token, and only from its own pages:
 * whoever gets in may run any code in this process. Called by many threads.
 */
@Component(
    name = "io.geartrain.console.felix.security",
    service = SecurityProvider.class,
    property = SecurityProvider.PROPERTY_ID + "=geartrain")
public final class ConsoleLogin implements SecurityProvider {
  private static final String LOGIN = "/ui/";
  private static final String EXPIRED =
      Authenticator.SESSION_COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict";

  private final RequestGuard guard;
  private final Authenticator authenticator;
  private final AuditLog audit;

  /** A login over the node's own. */
  @Activate
  public ConsoleLogin(
      @Reference RequestGuard guard,
      @Reference Authenticator authenticator,
      @Reference AuditLog audit) {
    this.guard = guard;
    this.authenticator = authenticator;
    this.audit = audit;
  }

  @Override
  public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
    Optional<Refusal> refusal = guard.check(origin(request));
    if (refusal.isPresent()) {
      Refusal why = refusal.get();
      return refuse(
          why.status(), why.code(), why.detail() + " " + why.hint(), null, request, response);
    }
    Optional<Principal> known =
        authenticator.authenticate(request.getHeader("Authorization"), session(request));
    if (known.isEmpty()) {
      return askToLogIn(request, response);
    }
    Principal principal = known.get();
    if (principal.role() != Role.ADMIN) {
      return refuse(
          403, "forbidden", "The framework's console is for admins.", principal, request, response);
    }
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      audit.changed(principal, request.getMethod(), request.getRequestURI(), 0);
    }
    return principal.name();
  }

  /** Whoever got in is an admin. */
  @Override
  public boolean authorize(Object user, String role) {
    return user != null;
  }

  @Override
  public void logout(HttpServletRequest request, HttpServletResponse response) {
    String session = session(request);
    if (session != null) {
      authenticator.endSession(session);
    }
    response.setHeader("Set-Cookie", EXPIRED);
    response.setStatus(303);
    response.setHeader("Location", LOGIN);
  }

  private Object askToLogIn(HttpServletRequest request, HttpServletResponse response) {
    String accept = request.getHeader("Accept");
    boolean browser =
        request.getMethod().equals("GET") && accept != null && accept.contains("text/html");
    if (browser && request.getHeader("Authorization") == null) {
      audit.refused(
          "unauthenticated",
          null,
          request.getMethod(),
          request.getRequestURI(),
          request.getRemoteAddr());
      response.setStatus(302);
      response.setHeader("Location", LOGIN);
      return finish(response);
    }
    response.setHeader("WWW-Authenticate", "Bearer realm=\"geartrain\"");
    return refuse(
        401,
        "unauthenticated",
        "Log in first: 'gear console' prints an address with a login code.",
        null,
        request,
        response);
  }

  private Object refuse(
      int status,
      String code,
      String text,
      Principal principal,
      HttpServletRequest request,
      HttpServletResponse response) {
    audit.refused(
        code, principal, request.getMethod(), request.getRequestURI(), request.getRemoteAddr());
    response.setStatus(status);
    response.setContentType("text/plain;charset=UTF-8");
    response.setHeader("X-Content-Type-Options", "nosniff");
    try {
      response.getWriter().println(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return finish(response);
  }

  /** The console takes a null for 'not let in, and answered'. */
  private static Object finish(HttpServletResponse response) {
    try {
      response.flushBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return null;
  }

  /** Anything but following a link counts as unsafe here. */
  private static RequestOrigin origin(HttpServletRequest request) {
    boolean link =
        request.getMethod().equals("GET") && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    return new RequestOrigin(
        link ? "GET" : "POST",
        request.getScheme(),
        request.getHeader("Host"),
        request.getLocalAddr(),
        request.getLocalPort(),
        request.getHeader("Origin"),
        request.getHeader("Sec-Fetch-Site"));
  }

  private static String session(HttpServletRequest request) {
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
}
