package io.geartrain.coordination;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The value of a node as it was read, with the version that a compare-and-set write has to name.
 *
 * @param data the bytes; given away, neither side changes them afterwards
 * @param version 0 for a node just created, one more after each {@code set}
 */
public record Versioned(byte[] data, int version) {

  public Versioned {
    Objects.requireNonNull(data, "data");
  }

  /** Returns the bytes read as UTF-8. */
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Versioned that
        && version == that.version
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(data) + version;
  }

  @Override
  public String toString() {
    return "Versioned[" + data.length + " bytes, version " + version + "]";
  }
}
