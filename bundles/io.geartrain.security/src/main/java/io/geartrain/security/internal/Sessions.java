package io.geartrain.security.internal;

import io.geartrain.security.Principal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions of browsers, kept by the digest of their ids, least recently used first; guarded by
 * itself.
 */
final class Sessions {
  private static final int ID_BYTES = 32;

  private record Session(Principal principal, Instant usedAt) {}

  private final InstantSource clock;
  private final Secrets secrets;
  private final Duration idle;
  private final int max;
  private final Map<ByteBuffer, Session> sessions = new LinkedHashMap<>();

  Sessions(InstantSource clock, Secrets secrets, Duration idle, int max) {
    this.clock = clock;
    this.secrets = secrets;
    this.idle = idle;
    this.max = max;
  }

  /** A new session; the least recently used one ends if there are too many. */
  synchronized String start(Principal principal) {
    dropIdle();
    if (sessions.size() >= max) {
      Iterator<ByteBuffer> eldest = sessions.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
    String id = secrets.next(ID_BYTES);
    sessions.put(key(id), new Session(principal, clock.instant()));
    return id;
  }

  /** Whose session it is, and marks it as used; empty if there is none, or idle for too long. */
  synchronized Optional<Principal> use(String id) {
    dropIdle();
    ByteBuffer key = key(id);
    Session session = sessions.remove(key);
    if (session == null) {
      return Optional.empty();
    }
    sessions.put(key, new Session(session.principal(), clock.instant()));
    return Optional.of(session.principal());
  }

  synchronized void end(String id) {
    sessions.remove(key(id));
  }

  private void dropIdle() {
    Instant oldest = clock.instant().minus(idle);
    Iterator<Session> eldestFirst = sessions.values().iterator();
    while (eldestFirst.hasNext() && !eldestFirst.next().usedAt().isAfter(oldest)) {
      eldestFirst.remove();
    }
  }

  private static ByteBuffer key(String id) {
    return ByteBuffer.wrap(Secrets.digest(id));
  }
}
