package io.geartrain.coordination;

import java.util.Objects;

/** One step of {@link MetadataStore#multi}: all steps of a call happen, or none. */
public sealed interface Op {

  /** Longest value of a node, and longest sum of the values of a transaction. */
  int MAX_DATA_BYTES = 1_000_000;

  /** The node that the step is about. */
  String path();

  /**
   * Creates a node, and its missing parents with empty data in the same transaction.
   *
   * @param path where
   * @param data its value
   * @param ephemeral whether the node goes away with the session that creates it
   */
  record Create(String path, byte[] data, boolean ephemeral) implements Op {
    public Create {
      Objects.requireNonNull(path, "path");
      checkSize(path, data);
    }
  }

  /**
   * Replaces a value.
   *
   * @param path which node
   * @param data its new value
   * @param expectedVersion the version found, or {@link MetadataStore#ANY_VERSION}
   */
  record Set(String path, byte[] data, int expectedVersion) implements Op {
    public Set {
      Objects.requireNonNull(path, "path");
      checkSize(path, data);
    }
  }

  /**
   * Deletes a node without children.
   *
   * @param path which node
   * @param expectedVersion the version found, or {@link MetadataStore#ANY_VERSION}
   */
  record Delete(String path, int expectedVersion) implements Op {
    public Delete {
      Objects.requireNonNull(path, "path");
    }
  }

  /**
   * Changes nothing, but lets the whole call fail unless the node has this version.
   *
   * @param path which node
   * @param expectedVersion the version found; {@link MetadataStore#ANY_VERSION} asks only whether
   *     the node exists
   */
  record Check(String path, int expectedVersion) implements Op {
    public Check {
      Objects.requireNonNull(path, "path");
    }
  }

  /** A {@link Create} of a node that stays until it is deleted. */
  static Op create(String path, byte[] data) {
    return new Create(path, data, false);
  }

  /** A {@link Create} of a node that goes away with the session. */
  static Op createEphemeral(String path, byte[] data) {
    return new Create(path, data, true);
  }

  /** A {@link Set}. */
  static Op set(String path, byte[] data, int expectedVersion) {
    return new Set(path, data, expectedVersion);
  }

  /** A {@link Delete}. */
  static Op delete(String path, int expectedVersion) {
    return new Delete(path, expectedVersion);
  }

  /** A {@link Check}. */
  static Op check(String path, int expectedVersion) {
    return new Check(path, expectedVersion);
  }

  private static void checkSize(String path, byte[] data) {
    if (data.length > MAX_DATA_BYTES) {
      throw new IllegalArgumentException(
          path + ": a value of " + data.length + " bytes is longer than " + MAX_DATA_BYTES);
    }
  }
}
