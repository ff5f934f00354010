package io.geartrain.security.internal;

import io.geartrain.security.Authenticator;
import io.geartrain.security.Principal;
import io.geartrain.security.Role;
import java.util.Optional;

/** Knows one token, that of the admin at the command line, and the sessions. Thread-safe. */
final class TokenAuthenticator implements Authenticator {
  private static final Principal ADMIN = new Principal("admin", Role.ADMIN);
  private static final String BEARER = "bearer ";

  private final byte[] tokenDigest;
  private final LoginCodes codes;
  private final Sessions sessions;

  TokenAuthenticator(String token, LoginCodes codes, Sessions sessions) {
    this.tokenDigest = Secrets.digest(token);
    this.codes = codes;
    this.sessions = sessions;
  }

  @Override
  public Optional<Principal> authenticate(String authorization, String session) {
    if (authorization != null) {
      return byToken(authorization);
    }
    return session == null ? Optional.empty() : sessions.use(session);
  }

  private Optional<Principal> byToken(String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    String token = authorization.substring(BEARER.length()).strip();
    return Secrets.same(Secrets.digest(token), tokenDigest) ? Optional.of(ADMIN) : Optional.empty();
  }

  @Override
  public String issueCode(Principal principal) {
    return codes.issue(principal);
  }

  @Override
  public Optional<String> redeem(String code) {
    return codes.redeem(code).map(sessions::start);
  }

  @Override
  public void endSession(String session) {
    sessions.end(session);
  }
}
