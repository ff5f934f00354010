package io.geartrain.coordination.provider;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One place in the queue for the leadership, the primitive below {@link EpochElection}: at most one
 * latch of the cluster is acquired at a time, short moments of disagreement apart.
 */
@ConsumerType
public interface Latch extends AutoCloseable {

  /**
   * Queues up; called once. After a lost session it queues again by itself.
   *
   * @param listener hears the outcome on the election's executor, never within a call of a method
   *     of this latch
   */
  void start(Listener listener);

  /** Whether this latch is acquired. */
  boolean acquired();

  /** Leaves the queue and gives up what was acquired; the listener hears nothing any more. */
  @Override
  void close();

  /** Hears what becomes of the latch. */
  @ConsumerType
  interface Listener {

    /** The latch is acquired. */
    void onAcquired();

    /** It is no longer, and queues again. */
    void onReleased();
  }
}
