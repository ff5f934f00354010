package io.geartrain.simulation.graph;

import io.geartrain.api.DataStream;
import io.geartrain.api.KeyedStream;
import io.geartrain.api.Window;
import io.geartrain.simulation.time.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Windows of keys in which no item is late. */
final class Windows {
  private Windows() {}

  /** A part of a window's key and its bounds. */
  record Span(int key, long start, long end) implements Comparable<Span> {
    @Override
    public int compareTo(Span other) {
      return Comparator.comparingInt(Span::key)
          .thenComparingLong(Span::start)
          .thenComparingLong(Span::end)
          .compare(this, other);
    }
  }

  static Operation drawn(Chance chance) {
    int keys = (int) chance.between(1, 40);
    Fold fold = chance.oneOf(List.of(Fold.values()));
    return switch (chance.below(5)) {
      case 0 -> new Sessions(keys, chance.between(2, 150), fold);
      case 1 -> new Global(keys, fold);
      case 2 -> {
        long slide = chance.between(2, 40);
        yield new Sliding(keys, slide * chance.between(2, 8) + chance.below(3), slide, fold);
      }
      default -> {
        long size = chance.between(3, 120);
        yield new Sliding(keys, size, size, fold);
      }
    };
  }

  private static KeyedStream<Integer, Item> keyed(DataStream<Item> in, int keys) {
    return in.keyBy(Integer.class, item -> item.key(keys));
  }

  private static Item result(int key, long start, long end, long value) {
    return new Item(Item.mix(Item.mix(key, start, 8), end, value), end - 1, "");
  }

  private static DataStream<Item> on(
      DataStream<Item> in, int keys, Window window, Fold fold, String id) {
    return keyed(in, keys)
        .window(window)
        .aggregate(fold.aggregator())
        .id(id)
        .map(Item.class, w -> result(w.key(), w.start(), w.end(), w.value()))
        .id(id + "-text");
  }

  private static List<Item> results(Map<Span, List<Item>> windows, Fold fold) {
    List<Item> out = new ArrayList<>();
    windows.forEach(
        (span, items) -> out.add(result(span.key(), span.start(), span.end(), fold.of(items))));
    return out;
  }

  /** The windows at regular distances that items fall into. */
  static Map<Span, List<Item>> regular(List<Item> in, int keys, long size, long slide) {
    Map<Span, List<Item>> windows = new TreeMap<>();
    for (Item item : in) {
      long last = Math.floorDiv(item.time(), slide) * slide;
      for (long start = last; start > item.time() - size; start -= slide) {
        windows
            .computeIfAbsent(new Span(item.key(keys), start, start + size), s -> new ArrayList<>())
            .add(item);
      }
    }
    return windows;
  }

  /** Tumbling and sliding windows. */
  record Sliding(int keys, long size, long slide, Fold fold) implements Operation {
    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      Window window = Window.sliding(Duration.ofMillis(size), Duration.ofMillis(slide));
      return Windows.on(in, keys, window, fold, id);
    }

    @Override
    public List<Item> of(List<Item> in) {
      return results(regular(in, keys, size, slide), fold);
    }

    @Override
    public boolean takes(Traits in) {
      return in.windows();
    }
  }

  /** Sessions. */
  record Sessions(int keys, long gap, Fold fold) implements Operation {
    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return Windows.on(in, keys, Window.session(Duration.ofMillis(gap)), fold, id);
    }

    @Override
    public List<Item> of(List<Item> in) {
      Map<Integer, List<Item>> byKey = new TreeMap<>();
      in.forEach(item -> byKey.computeIfAbsent(item.key(keys), k -> new ArrayList<>()).add(item));
      List<Item> out = new ArrayList<>();
      byKey.forEach((key, items) -> sessions(key, items, out));
      return out;
    }

    private void sessions(int key, List<Item> items, List<Item> out) {
      items.sort(Comparator.comparingLong(Item::time));
      List<Item> session = new ArrayList<>();
      for (Item item : items) {
        if (!session.isEmpty() && item.time() - last(session) >= gap) {
          out.add(end(key, session));
          session.clear();
        }
        session.add(item);
      }
      out.add(end(key, session));
    }

    private static long last(List<Item> session) {
      return session.get(session.size() - 1).time();
    }

    private Item end(int key, List<Item> session) {
      return result(key, session.get(0).time(), last(session) + gap, fold.of(session));
    }

    @Override
    public boolean takes(Traits in) {
      return in.windows();
    }
  }

  /** One window over all time. */
  record Global(int keys, Fold fold) implements Operation {
    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return keyed(in, keys)
          .window(Window.global())
          .aggregate(fold.aggregator())
          .id(id)
          .map(Item.class, w -> result(w.key(), 0, 1, w.value()))
          .id(id + "-text");
    }

    @Override
    public List<Item> of(List<Item> in) {
      Map<Span, List<Item>> windows = new TreeMap<>();
      in.forEach(
          item ->
              windows
                  .computeIfAbsent(new Span(item.key(keys), 0, 1), s -> new ArrayList<>())
                  .add(item));
      return results(windows, fold);
    }

    @Override
    public Traits after(Traits in) {
      return in.untimed();
    }
  }

  /** Pairs of two streams by key and window. */
  record Join(int keys, long size) {
    static Join drawn(Chance chance) {
      return new Join((int) chance.between(20, 80), chance.between(3, 30));
    }

    DataStream<Item> on(DataStream<Item> left, DataStream<Item> right, String id) {
      return keyed(left, keys)
          .windowJoin(
              keyed(right, keys), Window.tumbling(Duration.ofMillis(size)), Item.class, this::pair)
          .id(id);
    }

    private Item pair(Item left, Item right) {
      long end = Math.floorDiv(left.time(), size) * size + size;
      return new Item(Item.mix(left.id(), right.id(), 9), end - 1, "");
    }

    List<Item> of(List<Item> lefts, List<Item> rights) {
      Map<Span, List<Item>> left = regular(lefts, keys, size, size);
      Map<Span, List<Item>> right = regular(rights, keys, size, size);
      List<Item> out = new ArrayList<>();
      left.forEach(
          (span, items) -> {
            for (Item item : items) {
              right.getOrDefault(span, List.of()).forEach(other -> out.add(pair(item, other)));
            }
          });
      return out;
    }
  }
}
