package io.geartrain.security.internal;

import io.geartrain.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/** Login codes that are good once and for a while; guarded by itself. */
final class LoginCodes {
  private static final int CODE_BYTES = 16;
  private static final int MAX_OPEN = 32;

  private record Code(byte[] digest, Principal principal, Instant expiresAt) {}

  private final InstantSource clock;
  private final Secrets secrets;
  private final Duration validity;
  private final Deque<Code> open = new ArrayDeque<>();

  LoginCodes(InstantSource clock, Secrets secrets, Duration validity) {
    this.clock = clock;
    this.secrets = secrets;
    this.validity = validity;
  }

  /** A new code; the oldest open one is dropped if there are too many. */
  synchronized String issue(Principal principal) {
    dropExpired();
    if (open.size() == MAX_OPEN) {
      open.removeFirst();
    }
    String code = secrets.next(CODE_BYTES);
    open.addLast(new Code(Secrets.digest(code), principal, clock.instant().plus(validity)));
    return code;
  }

  /** Uses a code up; empty if it is unknown, used or expired. */
  synchronized Optional<Principal> redeem(String code) {
    dropExpired();
    byte[] digest = Secrets.digest(code);
    Principal found = null;
    for (Iterator<Code> codes = open.iterator(); codes.hasNext(); ) {
      Code candidate = codes.next();
      if (Secrets.same(candidate.digest(), digest)) {
        found = candidate.principal();
        codes.remove();
      }
    }
    return Optional.ofNullable(found);
  }

  private void dropExpired() {
    Instant now = clock.instant();
    open.removeIf(code -> !now.isBefore(code.expiresAt()));
  }
}
