package io.geartrain.plan.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.DataStream;
import io.geartrain.api.Emitter;
import io.geartrain.api.FlatMapFunction;
import io.geartrain.api.JoinFunction;
import io.geartrain.api.KeySelector;
import io.geartrain.api.Keyed;
import io.geartrain.api.MapFunction;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import java.util.ArrayList;
import java.util.List;

/**
 * A join by window, made of simpler steps: the records of both sides are tagged (the parts {@code
 * left} and {@code right}) and meet by key, each window collects them ({@code window}), and the
 * pairs are made of what leaves it.
 */
final class WindowJoin {
  private WindowJoin() {}

  static <K, L, R, O> DataStream<O> of(
      Grouped<K, L> left,
      Grouped<K, R> right,
      Window window,
      Class<O> type,
      JoinFunction<? super L, ? super R, ? extends O> function) {
    Stream<Keyed<Boolean, Object>> lefts = tagged("left", left.stream(), true);
    Stream<Keyed<Boolean, Object>> rights = tagged("right", right.stream(), false);
    KeySelector<Keyed<Boolean, Object>, K> key = side -> key(side, left, right);
    Stream<Windowed<K, List<Keyed<Boolean, Object>>>> windows =
        (Stream<Windowed<K, List<Keyed<Boolean, Object>>>>)
            lefts
                .union(rights)
                .keyBy(left.key().type(), key)
                .window(window)
                .aggregate(new Collected<>());
    FlatMapFunction<Windowed<K, List<Keyed<Boolean, Object>>>, O> paired =
        (sides, out) -> pair(sides.value(), function, out);
    Stream<O> pairs =
        windows.processor("windowJoin", type, () -> new FlatMapOperator<>(paired), function);
    return pairs.consistingOf(windows).consistingOf(lefts).consistingOf(rights);
  }

  /** Marks each record with its side: true = left. */
  private static <T> Stream<Keyed<Boolean, Object>> tagged(
      String part, Stream<T> side, boolean left) {
    MapFunction<T, Keyed<Boolean, Object>> mark = value -> new Keyed<>(left, value);
    return side.processor(part, Keyed.class, () -> new MapOperator<>(mark), mark);
  }

  @SuppressWarnings("unchecked")
  private static <K, L, R> K key(
      Keyed<Boolean, Object> side, Grouped<K, L> left, Grouped<K, R> right) throws Exception {
    return side.key()
        ? left.key().selector().key((L) side.value())
        : right.key().selector().key((R) side.value());
  }

  @SuppressWarnings("unchecked")
  private static <L, R, O> void pair(
      List<Keyed<Boolean, Object>> sides,
      JoinFunction<? super L, ? super R, ? extends O> function,
      Emitter<O> out)
      throws Exception {
    for (Keyed<Boolean, Object> left : sides) {
      for (Keyed<Boolean, Object> right : sides) {
        if (left.key() && !right.key()) {
          out.emit(function.join((L) left.value(), (R) right.value()));
        }
      }
    }
  }

  /** All records, in the order of their coming. */
  private static final class Collected<T> implements Aggregator<T, ArrayList<T>, List<T>> {
    @Override
    public ArrayList<T> create() {
      return new ArrayList<>();
    }

    @Override
    public ArrayList<T> add(ArrayList<T> accumulator, T value) {
      accumulator.add(value);
      return accumulator;
    }

    @Override
    public ArrayList<T> merge(ArrayList<T> left, ArrayList<T> right) {
      left.addAll(right);
      return left;
    }

    @Override
    public List<T> result(ArrayList<T> accumulator) {
      return List.copyOf(accumulator);
    }
  }
}
