package io.geartrain.console.rest.internal;

import io.geartrain.client.ClusterClient;
import io.geartrain.spi.BundleStore;
import io.geartrain.spi.ReadinessCheck;
import java.util.ArrayList;
import java.util.List;

/** A node whose parts a test sets. */
public final class FakeNode implements Node {
  public volatile ClusterClient cluster;
  public volatile BundleStore store;
  public final List<ReadinessCheck> checks = new ArrayList<>();

  @Override
  public ClusterClient cluster() {
    if (cluster == null) {
      throw Problem.unavailable("No master yet.");
    }
    return cluster;
  }

  @Override
  public BundleStore bundleStore() {
    if (store == null) {
      throw Problem.unavailable("No store yet.");
    }
    return store;
  }

  @Override
  public List<ReadinessCheck> readinessChecks() {
    return checks;
  }
}
