package io.geartrain.security.internal;

import io.geartrain.security.RequestGuard;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lets requests pass that name this node as their host, and unsafe ones only from its own pages.
 * Immutable.
 *
 * <p>The host check stops a page whose name was made to resolve to this machine; the origin check
 * stops a page of another origin that sends a form or a request here.
 */
final class HostAndOriginGuard implements RequestGuard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private final Set<String> hosts = new HashSet<>(LOOPBACK);

  /**
   * A guard.
   *
   * @param moreHosts names beside those of the loopback; {@code name} for the port on which the
   *     request arrives, {@code name:port} for a port that something in between maps to it
   */
  HostAndOriginGuard(Iterable<String> moreHosts) {
    moreHosts.forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
  }

  @Override
  public Optional<Refusal> check(RequestOrigin request) {
    if (!isOwnHost(request)) {
      return Optional.of(
          new Refusal(
              421,
              "bad-host",
              "The request names the host '" + shown(request.host()) + "', which is not this node.",
              "Use the printed address, or list the name in allowedHosts of"
                  + " io.geartrain.security.guard."));
    }
    if (!SAFE.contains(request.method()) && !isOwnOrigin(request)) {
      return Optional.of(
          new Refusal(
              403,
              "bad-origin",
              "A page of another origin ("
                  + shown(request.origin() == null ? request.fetchSite() : request.origin())
                  + ") sent this request.",
              "Use the node's own page, or the command line."));
    }
    return Optional.empty();
  }

  private boolean isOwnHost(RequestOrigin request) {
    if (request.host() == null) {
      return false;
    }
    String host = request.host().toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    if (colon < 0 || host.endsWith("]")) {
      return isOwnName(host, request) && isDefaultPort(request);
    }
    boolean ownPort = host.substring(colon + 1).equals(Integer.toString(request.localPort()));
    return ownPort && isOwnName(host.substring(0, colon), request) || hosts.contains(host);
  }

  /** An address of this machine can't be a page's name that was made to resolve to it. */
  private boolean isOwnName(String name, RequestOrigin request) {
    String address = request.localAddress();
    return hosts.contains(name)
        || address != null
            && !address.isEmpty()
            && (name.equals(address) || name.equals("[" + address + "]"));
  }

  private static boolean isDefaultPort(RequestOrigin request) {
    return request.localPort() == ("https".equals(request.scheme()) ? 443 : 80);
  }

  private static boolean isOwnOrigin(RequestOrigin request) {
    String site = request.fetchSite();
    if (site != null && !OWN_SITE.contains(site.toLowerCase(Locale.ROOT))) {
      return false;
    }
    String own = request.scheme() + "://" + request.host();
    return request.origin() == null || request.origin().equalsIgnoreCase(own);
  }

  private static String shown(String value) {
    if (value == null) {
      return "none";
    }
    String clean = value.replaceAll("[^\\x21-\\x7e]", "?");
    return clean.length() > 100 ? clean.substring(0, 100) + "…" : clean;
  }
}
