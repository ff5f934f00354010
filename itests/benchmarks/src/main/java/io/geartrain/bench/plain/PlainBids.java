package io.geartrain.bench.plain;

import io.geartrain.bench.data.Bids;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.Meter;
import io.geartrain.bench.data.Report;
import java.util.List;
import java.util.Map;

/** W3 and W6: one thread, one hash map. What they must give is counted by {@link PlainWindows}. */
public final class PlainBids {
  private static final int AT_ONCE = 256;

  private PlainBids() {}

  static void run(Load load) throws Exception {
    Bids bids = new Bids(0, 1, load.family().equals("W6"));
    Meter meter = new Meter(load);
    MapWindows windows = new MapWindows(load.slides());
    do {
      for (int i = 0; i < AT_ONCE; i++) {
        windows.add(bids.next());
      }
    } while (meter.add(AT_ONCE));
    windows.end();
    Report.write(load.report(), "source-0", meter.figures());
    Report.write(
        load.report(),
        "sink-0",
        Map.of("records", "" + windows.results(), "sum", "" + windows.sum()));
  }

  /** The windows of bids of which each part gave so many, fed in the order of their times. */
  public static PlainWindows expected(Load load, List<Long> emitted) {
    int parts = emitted.size();
    Bids[] bids = new Bids[parts];
    long most = 0;
    for (int i = 0; i < parts; i++) {
      bids[i] = new Bids(i, parts, load.family().equals("W6"));
      most = Math.max(most, emitted.get(i));
    }
    PlainWindows windows = new PlainWindows(load.slides());
    for (long n = 0; n < most; n++) {
      for (int i = 0; i < parts; i++) {
        if (n < emitted.get(i)) {
          windows.add(bids[i].next());
        }
      }
    }
    windows.end();
    return windows;
  }
}
