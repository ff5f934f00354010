package io.geartrain.features;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a feature file says, checked and with its variables put in.
 *
 * @param id {@code group:artifact:version} of the feature
 * @param file where it was read from
 * @param bundles in the order of the file
 * @param configurations values by PID; a factory PID has the form {@code factory~name}
 * @param variables values by name
 */
record FeatureDocument(
    String id,
    Path file,
    List<Entry> bundles,
    Map<String, Map<String, Object>> configurations,
    Map<String, String> variables) {

  /**
   * A bundle of the feature.
   *
   * @param coordinates as they stand in the file
   * @param jar where the bundle is
   * @param startLevel start level of the bundle, from 1
   * @param line line of the file that names it, from 1
   */
  record Entry(String coordinates, Path jar, int startLevel, int line) {}
}
