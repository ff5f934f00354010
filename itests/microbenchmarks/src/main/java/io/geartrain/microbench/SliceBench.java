package io.geartrain.microbench;

import io.geartrain.api.Aggregators;
import io.geartrain.api.Window;
import io.geartrain.time.KeyWindows;
import io.geartrain.time.Slices;
import io.geartrain.time.SlidingWindows;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A record added to the windows of its key, which it falls into one or many of. */
@State(Scope.Thread)
public class SliceBench {
  private static final int KEYS = 1_024;
  private static final long SLIDE_MS = 2_000;

  /** How many windows a record falls into. */
  @Param({"1", "5", "50"})
  public int overlap;

  private SlidingWindows<Object, long[], Long> law;
  private Slices slices;
  private KeyWindows<long[]>[] keys;
  private int next;

  /** Keys without windows. */
  @Setup
  @SuppressWarnings({"unchecked", "rawtypes"})
  public void setUp() {
    Duration slide = Duration.ofMillis(SLIDE_MS);
    slices = Slices.of((Window.Sliding) Window.sliding(slide.multipliedBy(overlap), slide));
    law = new SlidingWindows<>(slices, Aggregators.counting());
    keys = new KeyWindows[KEYS];
    for (int key = 0; key < KEYS; key++) {
      keys[key] = new KeyWindows<>();
    }
  }

  /** Of one of 50 slices, of which the later come later. */
  @Benchmark
  public void add() throws Exception {
    next = next + 1 & (1 << 20) - 1;
    long timestamp = next * (50 * SLIDE_MS) >> 20;
    law.add(keys[next & KEYS - 1], keys, slices.startOf(timestamp), false);
  }
}
