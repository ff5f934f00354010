package io.geartrain.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps bundles by the SHA-256 of their bytes; what is stored never changes. Thread-safe. */
@ProviderType
public interface BundleStore {
  /**
   * Stores the bytes, streamed to disk, and appears in the store as a whole or not at all.
   *
   * @return digest and size; the same bytes again give the same answer
   */
  Stored put(InputStream bytes) throws IOException;

  /** The file that holds these bytes, for reading only; empty if they are not here. */
  Optional<Path> find(String digest);

  /** Removes the bytes, if they are here. */
  void remove(String digest) throws IOException;

  /**
   * What was stored.
   *
   * @param digest lower-case hexadecimal SHA-256
   * @param sizeBytes how many bytes
   */
  record Stored(String digest, long sizeBytes) {}
}
