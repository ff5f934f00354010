package io.geartrain.security.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Makes random texts, and compares texts in a time that does not depend on where they differ. */
final class Secrets {
  private final RandomGenerator random;

  Secrets(RandomGenerator random) {
    this.random = random;
  }

  /** A random text of that many bytes, made of letters, digits, {@code -} and {@code _}. */
  String next(int bytes) {
    byte[] raw = new byte[bytes];
    random.nextBytes(raw);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }

  /** Digest of a secret: what is kept instead of it. */
  static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  /** True if the digests are equal; takes equally long for all digests. */
  static boolean same(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }
}
