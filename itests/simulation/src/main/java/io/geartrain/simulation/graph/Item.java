package io.geartrain.simulation.graph;

/**
 * A record of a drawn application.
 *
 * @param id decides what becomes of it
 * @param time its event time in ms
 * @param load makes it large, or not
 */
public record Item(long id, long time, String load) {
  /** The same with another id. */
  Item with(long other) {
    return new Item(other, time, load);
  }

  /** One of so many keys. */
  int key(int keys) {
    return (int) Math.floorMod(id, (long) keys);
  }

  /** A number made of several; the same everywhere, and another if any of them is another. */
  static long mix(long a, long b, long c) {
    return spread(spread(spread(a) + b) + c) >>> 8;
  }

  private static long spread(long bits) {
    long spread = (bits + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    spread = (spread ^ spread >>> 27) * 0x94D049BB133111EBL;
    return spread ^ spread >>> 31;
  }
}
