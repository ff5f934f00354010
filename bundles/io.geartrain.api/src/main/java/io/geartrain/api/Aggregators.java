package io.geartrain.api;

/** Ready-made aggregators. */
public final class Aggregators {
  private Aggregators() {}

  /** Counts records; the accumulator is a {@code long[1]}. */
  public static <T> Aggregator<T, long[], Long> counting() {
    return new Counting<>();
  }

  private static final class Counting<T> implements Aggregator<T, long[], Long> {
    @Override
    public long[] create() {
      return new long[1];
    }

    @Override
    public long[] add(long[] accumulator, T value) {
      accumulator[0]++;
      return accumulator;
    }

    @Override
    public long[] merge(long[] left, long[] right) {
      left[0] += right[0];
      return left;
    }

    @Override
    public Long result(long[] accumulator) {
      return accumulator[0];
    }
  }
}
