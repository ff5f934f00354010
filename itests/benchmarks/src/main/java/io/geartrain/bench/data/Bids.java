package io.geartrain.bench.data;

/**
 * The bids of W3 and W6, each up to a second older than its place. W3: ten for each ms of event
 * time, on about 1,000 auctions, of which the eldest ends and a new one starts each 100 ms. W6:
 * 1,000 for each ms, on 1,000 auctions that stay; so 2,000 bids come for each result that leaves a
 * window, and what a bid costs is the cost of adding it. Every part of several gives each n-th bid.
 */
public final class Bids {
  /** By how much a bid may be older than one before it, in ms. */
  public static final int LATENESS_MS = 1000;

  /** How far windows slide, in ms. */
  public static final int SLIDE_MS = 2000;

  private static final long BASE = 1_600_000_000_000L;
  private static final int LIVE = 1000;
  private static final int PER_MS = 10;
  private static final int PER_MS_IF_FIXED = 1000;
  private static final int PER_AUCTION = 1000;

  private final int parts;
  private final boolean fixed;
  private final int perMs;
  private long next;
  private long random;

  /**
   * Part of the bids.
   *
   * @param fixed whether they are those of W6
   */
  public Bids(int part, int parts, boolean fixed) {
    this.parts = parts;
    this.fixed = fixed;
    this.perMs = fixed ? PER_MS_IF_FIXED : PER_MS;
    this.next = part;
    this.random = 0x9E3779B97F4A7C15L * (part + 1);
  }

  /** The next one. */
  public Bid next() {
    long r = random;
    r ^= r << 13;
    r ^= r >>> 7;
    r ^= r << 17;
    random = r;
    long i = next;
    next = i + parts;
    long age = (r >>> 42) * LATENESS_MS >>> 22;
    long live = (r >>> 20 & 0x3FFFFF) * LIVE >>> 22;
    return new Bid(fixed ? live : i / PER_AUCTION + live, r & 0xFFFF, BASE + i / perMs - age);
  }

  /** What the sink makes of a result. */
  public static long read(long auction, long windowEnd, long count) {
    long hash = (auction * 0x9E3779B97F4A7C15L ^ windowEnd) * 0xC2B2AE3D27D4EB4FL;
    return (hash ^ hash >>> 29) * count;
  }
}
