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

  /** A number made of several; the same everywhere. */
  static long mix(long a, long b, long c) {
    long mixed = a * 0x9E3779B97F4A7C15L + b;
    mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L + c;
    return (mixed ^ mixed >>> 32) >>> 8;
  }
}
