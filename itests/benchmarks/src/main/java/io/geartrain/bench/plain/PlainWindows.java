package io.geartrain.bench.plain;

import io.geartrain.bench.data.Bid;
import io.geartrain.bench.data.Bids;
import java.util.Arrays;

/**
 * Counts bids per auction in sliding windows, with one hash table: open addressing, and a ring of
 * slices for each auction. On one thread.
 */
public final class PlainWindows {
  private static final long NONE = -1;

  private final int slides;
  private final int ring;
  private long[] auctions;
  private long[][] slices;
  private int size;

  private long newest = Long.MIN_VALUE;
  private long closeAfter = Long.MAX_VALUE;
  private long nextEnd = Long.MAX_VALUE;
  private long lastEnd = Long.MIN_VALUE;
  private long results;
  private long sum;

  /** Windows of so many slides. */
  public PlainWindows(int slides) {
    this.slides = slides;
    this.ring = Integer.highestOneBit(slides + 4) * 2;
    clear(4096);
  }

  /** Counts a bid. */
  public void add(Bid bid) {
    long slice = bid.time() / Bids.SLIDE_MS;
    if (bid.time() > newest) {
      newest = bid.time();
      if (nextEnd == Long.MAX_VALUE) {
        nextEnd = slice;
        closeAfter = nextEnd * Bids.SLIDE_MS + Bids.LATENESS_MS;
      }
      lastEnd = Math.max(lastEnd, slice + slides);
      while (newest > closeAfter) {
        close();
      }
    }
    row(bid.auction())[(int) slice & ring - 1]++;
  }

  /** Closes all windows. */
  public void end() {
    while (nextEnd <= lastEnd) {
      close();
    }
  }

  /** How many results there were. */
  public long results() {
    return results;
  }

  /** Their checksum. */
  public long sum() {
    return sum;
  }

  private long[] row(long auction) {
    int at = place(auction);
    if (auctions[at] == NONE) {
      auctions[at] = auction;
      slices[at] = new long[ring + 1];
      if (++size * 2 > auctions.length) {
        rebuild(auctions.length * 2);
        at = place(auction);
      }
    }
    return slices[at];
  }

  private int place(long auction) {
    int mask = auctions.length - 1;
    int at = (int) (auction * 0x9E3779B97F4A7C15L >>> 40) & mask;
    while (auctions[at] != auction && auctions[at] != NONE) {
      at = at + 1 & mask;
    }
    return at;
  }

  /** Closes the window that ends next: a running total gains one slice and loses another. */
  private void close() {
    long end = nextEnd;
    int gained = (int) (end - 1) & ring - 1;
    int lost = (int) (end - slides) & ring - 1;
    boolean over = false;
    for (int i = 0; i < auctions.length; i++) {
      if (auctions[i] == NONE) {
        continue;
      }
      long[] row = slices[i];
      long total = row[ring] + row[gained];
      if (total > 0) {
        results++;
        sum += Bids.read(auctions[i], end * Bids.SLIDE_MS, total);
      }
      row[ring] = total - row[lost];
      row[lost] = 0;
      over |= row[ring] == 0 && empty(row);
    }
    if (over) {
      rebuild(auctions.length);
    }
    nextEnd++;
    closeAfter += Bids.SLIDE_MS;
  }

  private static boolean empty(long[] row) {
    for (long slice : row) {
      if (slice != 0) {
        return false;
      }
    }
    return true;
  }

  /** Leaves out the auctions that are over. */
  private void rebuild(int capacity) {
    long[] oldAuctions = auctions;
    long[][] oldSlices = slices;
    clear(capacity);
    for (int i = 0; i < oldAuctions.length; i++) {
      if (oldAuctions[i] != NONE && !empty(oldSlices[i])) {
        int at = place(oldAuctions[i]);
        auctions[at] = oldAuctions[i];
        slices[at] = oldSlices[i];
        size++;
      }
    }
  }

  private void clear(int capacity) {
    auctions = new long[capacity];
    Arrays.fill(auctions, NONE);
    slices = new long[capacity][];
    size = 0;
  }
}
