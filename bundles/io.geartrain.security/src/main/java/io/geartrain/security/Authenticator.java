package io.geartrain.security;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Knows principals by the node's token or by a session. Thread-safe; nothing blocks. */
@ProviderType
public interface Authenticator {
  /** Name of the cookie that carries a session. */
  String SESSION_COOKIE = "gear-session";

  /**
   * Finds who asks. A valid session counts as used now.
   *
   * @param authorization value of the {@code Authorization} header; may be null
   * @param session value of the cookie {@link #SESSION_COOKIE}; may be null
   * @return the principal; empty if neither is valid, or if an {@code Authorization} is given that
   *     is not valid
   */
  Optional<Principal> authenticate(String authorization, String session);

  /**
   * Makes a login code that is good once, for some minutes.
   *
   * @param principal who will be logged in by it
   */
  String issueCode(Principal principal);

  /**
   * Exchanges a login code for a new session.
   *
   * @return the session's id, to be sent as cookie; empty if the code is unknown, used or expired
   */
  Optional<String> redeem(String code);

  /** Ends a session, if there is one of that id. */
  void endSession(String session);
}
