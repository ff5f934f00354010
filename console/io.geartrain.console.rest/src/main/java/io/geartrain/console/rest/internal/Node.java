package io.geartrain.console.rest.internal;

import io.geartrain.client.ClusterClient;
import io.geartrain.spi.BundleStore;
import io.geartrain.spi.ReadinessCheck;
import java.util.List;

/** The parts of this node that come and go while it runs. Thread-safe. */
public interface Node {
  /**
   * The way to the master.
   *
   * @throws Problem {@code unavailable} while it is not there
   */
  ClusterClient cluster();

  /**
   * Where uploads go.
   *
   * @throws Problem {@code unavailable} while it is not there
   */
  BundleStore bundleStore();

  /** What is known of the parts' readiness. */
  List<ReadinessCheck> readinessChecks();
}
