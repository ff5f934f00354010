package io.geartrain.console.rest.internal;

import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** Digests what it is given and keeps nothing of it. */
public final class HashingStore implements BundleStore {
  public volatile IOException failure;
  public volatile long sizeBytes;
  public volatile boolean failed;
  public volatile String removed;

  @Override
  public Stored put(InputStream bytes) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[8192];
      long size = 0;
      for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
        digest.update(buffer, 0, n);
        size += n;
      }
      sizeBytes = size;
      return new Stored(HexFormat.of().formatHex(digest.digest()), size);
    } catch (IOException e) {
      failed = true;
      throw e;
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<Path> find(String digest) {
    return Optional.empty();
  }

  @Override
  public void remove(String digest) {
    removed = digest;
  }
}
