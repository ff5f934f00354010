package io.geartrain.api;

import java.util.Comparator;
import java.util.Objects;
import java.util.function.Supplier;

/** Ready-made aggregators. */
public final class Aggregators {
  private Aggregators() {}

  /** Counts records; invertible. */
  public static <T> Aggregator<T, long[], Long> counting() {
    return new Summing<>(value -> 1);
  }

  /** Adds up a number of the records; invertible; wraps around at 64 bits. */
  public static <T> Aggregator<T, long[], Long> summing(LongFunction<? super T> number) {
    return new Summing<>(Objects.requireNonNull(number, "number"));
  }

  /** Keeps the least record, the first among equals. */
  public static <T> Aggregator<T, Object[], T> min(Comparator<? super T> order) {
    Objects.requireNonNull(order, "order");
    return new Reducing<>((left, right) -> order.compare(right, left) < 0 ? right : left);
  }

  /** Keeps the greatest record, the first among equals. */
  public static <T> Aggregator<T, Object[], T> max(Comparator<? super T> order) {
    Objects.requireNonNull(order, "order");
    return new Reducing<>((left, right) -> order.compare(right, left) > 0 ? right : left);
  }

  /** Reduces the records to one. */
  public static <T> Aggregator<T, Object[], T> reducing(ReduceFunction<T> function) {
    return new Reducing<>(Objects.requireNonNull(function, "function"));
  }

  /** Folds the records into a value, without a window: the parts of a window can't be merged. */
  public static <T, A> Aggregator<T, Object[], A> folding(
      Supplier<A> initial, FoldFunction<A, ? super T> function) {
    return new Folding<>(
        Objects.requireNonNull(initial, "initial"), Objects.requireNonNull(function, "function"));
  }

  private record Summing<T>(LongFunction<? super T> number) implements Aggregator<T, long[], Long> {
    @Override
    public long[] create() {
      return new long[1];
    }

    @Override
    public long[] add(long[] accumulator, T value) throws Exception {
      accumulator[0] += number.applyAsLong(value);
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

    @Override
    public boolean compact() {
      return true;
    }

    @Override
    public boolean invertible() {
      return true;
    }

    @Override
    public long[] subtract(long[] from, long[] part) {
      from[0] -= part[0];
      return from;
    }
  }

  /** The accumulator holds the one record, or null before the first. */
  private record Reducing<T>(ReduceFunction<T> function) implements Aggregator<T, Object[], T> {
    @Override
    public Object[] create() {
      return new Object[1];
    }

    @Override
    public Object[] add(Object[] accumulator, T value) throws Exception {
      T before = result(accumulator);
      accumulator[0] = before == null ? value : function.reduce(before, value);
      return accumulator;
    }

    @Override
    public Object[] merge(Object[] left, Object[] right) throws Exception {
      T later = result(right);
      return later == null ? left : add(left, later);
    }

    @Override
    public boolean compact() {
      return true;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T result(Object[] accumulator) {
      return (T) accumulator[0];
    }
  }

  private record Folding<T, A>(Supplier<A> initial, FoldFunction<A, ? super T> function)
      implements Aggregator<T, Object[], A> {
    @Override
    public Object[] create() {
      return new Object[] {initial.get()};
    }

    @Override
    public Object[] add(Object[] accumulator, T value) throws Exception {
      accumulator[0] = function.fold(result(accumulator), value);
      return accumulator;
    }

    @Override
    public Object[] merge(Object[] left, Object[] right) {
      throw new UnsupportedOperationException("a fold has no parts to merge; use aggregate");
    }

    @Override
    @SuppressWarnings("unchecked")
    public A result(Object[] accumulator) {
      return (A) accumulator[0];
    }
  }
}
