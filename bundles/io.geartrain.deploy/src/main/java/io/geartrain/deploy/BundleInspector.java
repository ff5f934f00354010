package io.geartrain.deploy;

import io.geartrain.deploy.internal.jar.JarManifest;
import io.geartrain.deploy.internal.jar.Sha256;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleDescription.ApplicationEntry;
import io.geartrain.spi.BundleProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Looks into a jar without running anything of it, and without unpacking more than its manifest.
 * Any thread.
 */
public final class BundleInspector {
  private BundleInspector() {}

  /**
   * What a jar declares.
   *
   * @param jar the file; it does not change meanwhile
   * @param shownName how messages name it: the file as its owner knows it
   * @throws BundleProblem {@code bundle-not-a-zip}, {@code bundle-truncated}, {@code
   *     bundle-no-manifest}, or {@code bundle-no-application} if it declares an application whose
   *     class it does not hold
   * @throws IOException if the file can't be read
   */
  public static BundleDescription inspect(Path jar, String shownName) throws IOException {
    JarManifest manifest = JarManifest.read(jar, shownName);
    return manifest.describe(Sha256.of(jar));
  }

  /** As {@link #inspect(Path, String)}, where the digest of the bytes is known. */
  public static BundleDescription inspect(Path jar, String shownName, String digest)
      throws IOException {
    return JarManifest.read(jar, shownName).describe(digest);
  }

  /**
   * The one application of a bundle.
   *
   * @throws BundleProblem {@code bundle-no-application} or {@code bundle-many-applications}
   */
  public static ApplicationEntry application(BundleDescription bundle) {
    if (bundle.applications().size() == 1) {
      return bundle.applications().get(0);
    }
    if (bundle.applications().isEmpty()) {
      throw new BundleProblem(
          "bundle-no-application",
          "bundle %s %s has no application; put @StreamApp(name = \"…\") on the class that"
                  .formatted(bundle.name(), bundle.version())
              + " implements StreamApplication, and build with bnd-maven-plugin");
    }
    String names =
        bundle.applications().stream()
            .map(ApplicationEntry::name)
            .collect(Collectors.joining(", "));
    throw new BundleProblem(
        "bundle-many-applications",
        "bundle %s %s has several applications (%s); put each into a bundle of its own"
            .formatted(bundle.name(), bundle.version(), names));
  }
}
