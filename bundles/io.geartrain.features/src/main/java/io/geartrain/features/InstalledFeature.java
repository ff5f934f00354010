package io.geartrain.features;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A feature that the framework has.
 *
 * @param id {@code group:artifact:version} of the feature
 * @param file the file it was read from
 * @param bundles coordinates of its bundles, in the order of the file
 * @param variables its variables, with the overrides of this node
 */
public record InstalledFeature(
    String id, Path file, List<String> bundles, Map<String, String> variables) {

  /** Takes its own copies. */
  public InstalledFeature {
    bundles = List.copyOf(bundles);
    variables = Map.copyOf(variables);
  }
}
