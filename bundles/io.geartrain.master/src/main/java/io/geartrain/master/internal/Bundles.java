package io.geartrain.master.internal;

import io.geartrain.coordination.MetadataStore;
import io.geartrain.protocol.BundleView;
import io.geartrain.spi.BundleDescription;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The deployed bundles, as the master needs them; calls block as disk and store do. */
interface Bundles {
  /**
   * A bundle by its symbolic name or its digest.
   *
   * @throws io.geartrain.spi.BundleProblem {@code unknown-bundle}, with the names that there are
   */
  BundleDescription find(String nameOrDigest);

  /**
   * Wants a bundle on all nodes, whose bytes are in the bundle store.
   *
   * @param fenced the store, under the epoch of the reign
   * @param fileName as the client names it
   * @throws io.geartrain.spi.BundleProblem if it is not usable, or conflicts with another
   */
  Deployed deploy(MetadataStore fenced, String digest, String fileName);

  /**
   * Wants a bundle no more.
   *
   * @throws io.geartrain.spi.BundleProblem {@code unknown-bundle}, with the names that there are
   */
  void undeploy(MetadataStore fenced, String name);

  /**
   * What is wanted and what nodes have, by name.
   *
   * @param liveNodes whose reports count
   * @param used ids of the applications that hold a bundle, by its digest
   */
  List<BundleView> list(Set<String> liveNodes, Map<String, List<String>> used);

  /**
   * What was deployed.
   *
   * @param created false if exactly this was wanted before
   */
  record Deployed(BundleDescription bundle, boolean created) {}
}
