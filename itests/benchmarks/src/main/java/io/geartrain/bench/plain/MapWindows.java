package io.geartrain.bench.plain;

import io.geartrain.bench.data.Bid;
import io.geartrain.bench.data.Bids;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Counts bids per auction in sliding windows, with one hash map from the auction to a ring of its
 * slices' counters, which change in place. On one thread.
 */
final class MapWindows {
  private final int slides;
  private final int ring;
  private final Map<Long, long[]> auctions = new HashMap<>();

  private long newest = Long.MIN_VALUE;
  private long closeAfter = Long.MAX_VALUE;
  private long nextEnd = Long.MAX_VALUE;
  private long lastEnd = Long.MIN_VALUE;
  private long results;
  private long sum;

  /** Windows of so many slides. */
  MapWindows(int slides) {
    this.slides = slides;
    this.ring = Integer.highestOneBit(slides + 4) * 2;
  }

  /** Counts a bid. */
  void add(Bid bid) {
    long slice = bid.time() / Bids.SLIDE_MS;
    if (bid.time() > newest) {
      advance(bid.time(), slice);
    }
    Long auction = bid.auction();
    long[] row = auctions.get(auction);
    if (row == null) {
      row = new long[ring + 1];
      auctions.put(auction, row);
    }
    row[(int) slice & ring - 1]++;
  }

  private void advance(long time, long slice) {
    newest = time;
    if (nextEnd == Long.MAX_VALUE) {
      nextEnd = slice;
      closeAfter = nextEnd * Bids.SLIDE_MS + Bids.LATENESS_MS;
    }
    lastEnd = Math.max(lastEnd, slice + slides);
    while (time > closeAfter) {
      close();
    }
  }

  /** Closes the window that ends next: a running total gains one slice and loses another. */
  private void close() {
    long end = nextEnd;
    int gained = (int) (end - 1) & ring - 1;
    int lost = (int) (end - slides) & ring - 1;
    Iterator<Map.Entry<Long, long[]>> all = auctions.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Long, long[]> one = all.next();
      long[] row = one.getValue();
      long total = row[ring] + row[gained];
      if (total > 0) {
        results++;
        sum += Bids.read(one.getKey(), end * Bids.SLIDE_MS, total);
      }
      row[ring] = total - row[lost];
      row[lost] = 0;
      if (row[ring] == 0 && empty(row)) {
        all.remove();
      }
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

  /** Closes all windows. */
  void end() {
    while (nextEnd <= lastEnd) {
      close();
    }
  }

  long results() {
    return results;
  }

  long sum() {
    return sum;
  }
}
