package io.geartrain.connector.files.internal;

import java.nio.file.Path;

/** Names of the hidden files that a sink writes until it has finished. */
final class InProgress {
  /** What is being copied has this at its end. */
  static final String HALF = ".half";

  /** What says which part has appeared has this at its end. */
  static final String SHOWN = ".shown";

  static final String SUFFIX = ".in-progress";

  private InProgress() {}

  /**
   * The file beside the target in which a step of an application writes; the same after a restart.
   */
  static Path beside(Path target, String applicationId, String processorId) {
    String writer = (applicationId + "." + processorId).replaceAll("[^A-Za-z0-9._-]", "_");
    return target.resolveSibling("." + target.getFileName() + "." + writer + SUFFIX);
  }

  static boolean isName(String fileName) {
    return fileName.startsWith(".")
        && (fileName.endsWith(SUFFIX)
            || fileName.endsWith(SUFFIX + HALF)
            || fileName.endsWith(SHOWN));
  }
}
