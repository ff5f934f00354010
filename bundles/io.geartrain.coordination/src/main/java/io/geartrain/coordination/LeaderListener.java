package io.geartrain.coordination;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears the outcome of an election; called in order, one at a time, on the election's thread (on
 * the closing thread when the candidate withdraws). Calls alternate: {@code onElected}, any number
 * of {@code onSuspended} and {@code onResumed} in turn, {@code onDemoted}. May call the store, and
 * must not wait for another event. What {@code onElected} or {@code onResumed} throws is logged and
 * ends the candidacy, so that others can lead.
 */
@ConsumerType
public interface LeaderListener {

  /** This candidate leads under this epoch; it has begun already. */
  void onElected(Epoch epoch);

  /** The store is out of reach: stop acting, another may be elected meanwhile. */
  default void onSuspended() {}

  /** The store is back and this candidate's epoch still stands: act again. */
  default void onResumed() {}

  /**
   * This candidate leads no more: forget everything that was decided under its epoch.
   *
   * @param reason for the log
   */
  void onDemoted(String reason);
}
