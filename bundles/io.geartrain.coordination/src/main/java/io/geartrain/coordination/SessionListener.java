package io.geartrain.coordination;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears how this process stands with the store; called on the store's event thread, in order. */
@ConsumerType
@FunctionalInterface
public interface SessionListener {

  /** The session is in this state now. */
  void onSession(SessionState state);
}
