package io.geartrain.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The application bundles of this node. A pinned revision stays installed, even where the bundle
 * was replaced or removed, until the last pin is released. Thread-safe.
 */
@ProviderType
public interface ApplicationBundles {
  /**
   * Pins a revision, installing and resolving it if it is not installed yet.
   *
   * @param digest lower-case hexadecimal SHA-256 of the jar
   * @param holder who pins it, shown to people: an application's id
   * @throws BundleProblem if the bytes are not on this node or do not resolve
   */
  Pin pin(String digest, String holder);

  /** Holds a revision until closed. */
  @ProviderType
  interface Pin extends AutoCloseable {
    /** What it is. */
    BundleDescription description();

    /** Loads the bundle's classes; only through this may its type names be resolved. */
    ClassLoader classLoader();

    /** Releases the revision; more than once is harmless. */
    @Override
    void close();
  }
}
