package io.geartrain.deploy;

import io.geartrain.spi.BundleDescription;

/**
 * A bundle that nodes must have.
 *
 * @param name symbolic name
 * @param version bundle version
 * @param digest lower-case hexadecimal SHA-256 of the jar
 * @param origin where it came from: {@link #UPLOAD}, or {@link #DEPLOY_FOLDER} and the file's name
 * @param selector which nodes: {@link #ALL}, or the id of one
 */
public record DesiredBundle(
    String name, String version, String digest, String origin, String selector) {
  /** Selector of all nodes. */
  public static final String ALL = "*";

  /** Origin of what a client uploaded. */
  public static final String UPLOAD = "upload";

  /** What the origin of a file in a node's deploy folder begins with. */
  public static final String DEPLOY_FOLDER = "deploy-folder:";

  /** An uploaded bundle, for all nodes. */
  public static DesiredBundle uploaded(BundleDescription bundle) {
    return new DesiredBundle(bundle.name(), bundle.version(), bundle.digest(), UPLOAD, ALL);
  }

  /** A bundle from a file in the deploy folder of a node, for that node. */
  public static DesiredBundle fromFolder(BundleDescription bundle, String file, String nodeId) {
    return new DesiredBundle(
        bundle.name(), bundle.version(), bundle.digest(), DEPLOY_FOLDER + file, nodeId);
  }

  /** Whether a node must have it. */
  public boolean selects(String nodeId) {
    return selector.equals(ALL) || selector.equals(nodeId);
  }
}
