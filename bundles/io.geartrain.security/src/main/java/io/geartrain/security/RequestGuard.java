package io.geartrain.security;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Refuses requests that another web page makes a browser send: those under a foreign host name, and
 * unsafe ones of a foreign origin. Thread-safe.
 */
@ProviderType
public interface RequestGuard {
  /** Checks a request before anything else is done with it; empty = let it pass. */
  Optional<Refusal> check(RequestOrigin request);

  /**
   * Where a request says it comes from. Headers that are absent are null.
   *
   * @param method of HTTP
   * @param scheme {@code http} or {@code https}
   * @param host header {@code Host}
   * @param localAddress address on which the request arrived, without brackets
   * @param localPort port on which the request arrived
   * @param origin header {@code Origin}
   * @param fetchSite header {@code Sec-Fetch-Site}
   */
  record RequestOrigin(
      String method,
      String scheme,
      String host,
      String localAddress,
      int localPort,
      String origin,
      String fetchSite) {}

  /**
   * Why a request is refused.
   *
   * @param status of HTTP
   * @param code of the problem: {@code bad-host} or {@code bad-origin}
   * @param detail what is wrong
   * @param hint what to do
   */
  record Refusal(int status, String code, String detail, String hint) {}
}
