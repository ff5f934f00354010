package io.geartrain.coordination.provider;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** The queue for the leadership of a cluster, as the provider of the store keeps it. */
@ConsumerType
public interface LatchQueue {

  /**
   * Makes a latch that has not started yet.
   *
   * @param candidateId whose it is
   */
  Latch newLatch(String candidateId);

  /** The candidate at the head of the queue, as the store says it. */
  Optional<String> head();
}
