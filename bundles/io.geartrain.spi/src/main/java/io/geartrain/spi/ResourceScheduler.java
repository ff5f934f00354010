package io.geartrain.spi;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides which worker runs which slice of an application. Registered as an OSGi service with the
 * property {@link #NAME}; one is the cluster's default, an application may ask for another.
 *
 * <p>A pure function: no clock, no randomness, no input or output, so that decisions can be
 * explained and replayed. What it answers is checked before it is carried out; one that throws,
 * takes longer than a second, or answers nonsense is reported and the default stands in.
 */
@ConsumerType
@FunctionalInterface
public interface ResourceScheduler {
  /** Service property that holds the scheduler's name. */
  String NAME = "gear.scheduler";

  /**
   * Decides on requests.
   *
   * @param cluster the workers as they are now
   * @param requests what is asked for, all of one application, oldest first
   * @return one decision for each request, in any order
   */
  List<Decision> schedule(ClusterSnapshot cluster, List<ResourceRequest> requests);
}
