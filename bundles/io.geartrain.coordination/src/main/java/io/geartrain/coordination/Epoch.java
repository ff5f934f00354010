package io.geartrain.coordination;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * A reign: a number that rises with every new holder, and the version of the node that keeps it.
 * Whoever writes under an epoch lets each write fail once a later epoch has begun. Immutable.
 *
 * <p>The node holds the number in decimal, then a line feed and a free text that names the holder.
 *
 * @param path the node that keeps the number, {@code /epoch} for the master
 * @param value the number, 1 for the first holder
 * @param version the version of the node in this epoch
 * @param holder who holds it, free text, may be empty
 */
public record Epoch(String path, long value, int version, String holder) {

  public Epoch {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(holder, "holder");
    if (value < 1) {
      throw new IllegalArgumentException("epoch of " + path + " must be positive, is " + value);
    }
  }

  /**
   * Begins the next epoch by compare-and-set, which ends all earlier ones.
   *
   * @param store where
   * @param path the node that keeps the number; created by the first call
   * @param holder who will hold it, free text
   * @return the epoch that has begun, its value greater than that of all before
   * @throws CoordinationException.Unavailable if the store does not answer; an epoch may then have
   *     begun that nobody holds, which is harmless
   * @throws CoordinationException.Failed if the node holds no number
   */
  public static Epoch advance(MetadataStore store, String path, String holder) {
    while (true) {
      Optional<Versioned> found = store.get(path);
      try {
        if (found.isEmpty()) {
          store.create(path, encode(1, holder));
          return new Epoch(path, 1, 0, holder);
        }
        long next = parse(path, found.get()).value() + 1;
        int version = store.set(path, encode(next, holder), found.get().version());
        return new Epoch(path, next, version, holder);
      } catch (CoordinationException.NodeExists
          | CoordinationException.BadVersion
          | CoordinationException.NoNode lostTheRace) {
        // somebody else began an epoch in between: ours has to come after it
      }
    }
  }

  /** The epoch that stands, if any has begun. */
  public static Optional<Epoch> current(MetadataStore store, String path) {
    return store.get(path).map(found -> parse(path, found));
  }

  /** Returns the store as seen under this epoch: every write fails once a later one has begun. */
  public MetadataStore guard(MetadataStore store) {
    return new FencedStore(store, this);
  }

  /** The step that lets a transaction fail once a later epoch has begun. */
  public Op check() {
    return Op.check(path, version);
  }

  private static Epoch parse(String path, Versioned found) {
    String text = found.text();
    int end = text.indexOf('\n');
    String number = end < 0 ? text : text.substring(0, end);
    try {
      String holder = end < 0 ? "" : text.substring(end + 1);
      return new Epoch(path, Long.parseLong(number), found.version(), holder);
    } catch (IllegalArgumentException e) {
      throw new CoordinationException.Failed(path, "holds no epoch but '" + number + "'", e);
    }
  }

  private static byte[] encode(long value, String holder) {
    return (value + "\n" + holder).getBytes(StandardCharsets.UTF_8);
  }
}
