package io.geartrain.features;

import java.nio.file.Path;
import org.osgi.service.feature.ID;

/** A folder that holds artifacts as a Maven repository does. Immutable. */
record MavenLayout(Path root) {

  /** Where the artifact is, or would be. */
  Path path(ID id) {
    String file =
        id.getArtifactId()
            + '-'
            + id.getVersion()
            + id.getClassifier().map(c -> '-' + c).orElse("")
            + '.'
            + id.getType().orElse("jar");
    return root.resolve(id.getGroupId().replace('.', '/'))
        .resolve(id.getArtifactId())
        .resolve(id.getVersion())
        .resolve(file);
  }
}
