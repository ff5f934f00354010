package io.geartrain.console.web.internal;

import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.RequestGuard;
import io.geartrain.security.RequestGuard.Refusal;
import io.geartrain.security.RequestGuard.RequestOrigin;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The page under {@code /ui/}: exchanges a login code for a session, and without a session shows
 * how to log in. Called by many threads.
 */
public class PageServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final String ROOT = "/ui";
  private static final Pattern APPLICATION = Pattern.compile("/ui/apps/[A-Za-z0-9._-]+");
  private static final String POLICY =
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  private final transient RequestGuard guard;
  private final transient Authenticator authenticator;
  private final transient AuditLog audit;
  private final transient Pages pages;

  /** A servlet of these pages. */
  public PageServlet(RequestGuard guard, Authenticator authenticator, AuditLog audit, Pages pages) {
    this.guard = guard;
    this.authenticator = authenticator;
    this.audit = audit;
    this.pages = pages;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    secure(response);
    Optional<Refusal> refusal = guard.check(origin(request));
    String path = request.getRequestURI();
    if (refusal.isPresent()) {
      refused(refusal.get().code(), request);
      response.setStatus(refusal.get().status());
      text(refusal.get().detail() + " " + refusal.get().hint(), response);
    } else if (!isRead(request)) {
      response.setHeader("Allow", "GET, HEAD");
      response.setStatus(405);
      text("Only GET and HEAD are possible here.", response);
    } else if (path.equals(ROOT) || path.equals(ROOT + "/")) {
      start(request, response);
    } else if (APPLICATION.matcher(path).matches() && isKnown(request)) {
      redirect("/#" + path.substring(ROOT.length()), response);
    } else {
      file(path.substring(ROOT.length() + 1), request, response);
    }
  }

  private void start(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String code = request.getParameter("code");
    if (code != null && request.getMethod().equals("GET")) {
      logIn(code, request, response);
    } else if (!isKnown(request)) {
      send(pages.find("login.html").orElseThrow(), 401, request, response);
    } else if (request.getRequestURI().equals(ROOT)) {
      redirect("/", response);
    } else {
      send(pages.find("index.html").orElseThrow(), 200, request, response);
    }
  }

  private void logIn(String code, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<String> session = authenticator.redeem(code);
    if (session.isPresent()) {
      response.setHeader(
          "Set-Cookie",
          Authenticator.SESSION_COOKIE
              + "="
              + session.get()
              + "; Path=/; HttpOnly; SameSite=Strict"
              + (request.isSecure() ? "; Secure" : ""));
      redirect("/", response);
    } else if (isKnown(request)) {
      redirect("/", response);
    } else {
      refused("unauthenticated", request);
      send(pages.find("expired.html").orElseThrow(), 401, request, response);
    }
  }

  private void file(String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Pages.Page> page = pages.find(name);
    boolean open = name.equals(Pages.OPEN);
    if (!open && !isKnown(request)) {
      refused("unauthenticated", request);
      send(pages.find("login.html").orElseThrow(), 401, request, response);
    } else if (page.isEmpty() || name.endsWith(".html")) {
      response.setStatus(404);
      text("There is nothing at " + ROOT + "/" + name + ".", response);
    } else {
      send(page.get(), 200, request, response);
    }
  }

  private boolean isKnown(HttpServletRequest request) {
    return authenticator
        .authenticate(request.getHeader("Authorization"), session(request))
        .isPresent();
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

  private void refused(String code, HttpServletRequest request) {
    audit.refused(
        code, null, request.getMethod(), request.getRequestURI(), request.getRemoteAddr());
  }

  private static RequestOrigin origin(HttpServletRequest request) {
    return new RequestOrigin(
        request.getMethod(),
        request.getScheme(),
        request.getHeader("Host"),
        request.getLocalAddr(),
        request.getLocalPort(),
        request.getHeader("Origin"),
        request.getHeader("Sec-Fetch-Site"));
  }

  private static boolean isRead(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static void secure(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-store");
  }

  private static void redirect(String below, HttpServletResponse response) {
    response.setStatus(303);
    response.setHeader("Location", ROOT + below);
  }

  private static void send(
      Pages.Page page, int status, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(status);
    response.setContentType(page.mediaType());
    response.setContentLength(page.bytes().length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(page.bytes());
    }
  }

  private static void text(String text, HttpServletResponse response) throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println(text);
  }
}
