package io.geartrain.deploy;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the nodes say they have. A report stays when its node has gone: ask the membership which
 * nodes live. Any thread; calls block as the store does.
 */
public final class NodeReports {
  /** Below this node of the store the reports stand, by node id. */
  public static final String PATH = "/nodes-bundles";

  private final MetadataStore store;

  /** The reports in a store. */
  public NodeReports(MetadataStore store) {
    this.store = store;
  }

  /** All reports by node id. */
  public Map<String, List<NodeBundle>> all() {
    Map<String, List<NodeBundle>> reports = new TreeMap<>();
    for (String node : store.children(PATH)) {
      reports.put(node, of(node));
    }
    return reports;
  }

  /** The report of one node; empty if it has made none. */
  public List<NodeBundle> of(String nodeId) {
    return store
        .get(PATH + "/" + nodeId)
        .map(found -> List.of(Json.read(found.data(), NodeBundle[].class)))
        .orElse(List.of());
  }

  /** Replaces the report of a node; only that node does. */
  public void write(String nodeId, List<NodeBundle> bundles) {
    byte[] data = Json.write(bundles);
    try {
      store.set(PATH + "/" + nodeId, data, MetadataStore.ANY_VERSION);
    } catch (CoordinationException.NoNode first) {
      store.create(PATH + "/" + nodeId, data);
    }
  }
}
