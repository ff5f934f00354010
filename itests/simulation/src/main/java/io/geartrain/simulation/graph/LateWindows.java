package io.geartrain.simulation.graph;

import io.geartrain.api.DataStream;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.simulation.time.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tumbling windows in which items may be late. How many are is left to the run, but each item is
 * either counted, once, or comes out of the side output, once; and each count is given once.
 */
record LateWindows(int keys, long size, long latenessMs) {
  private static final OutputTag<Item> LATE = new OutputTag<>("late", Item.class);
  private static final int KEYS = 1_000;
  private static final int COUNTS = 1_000_000;

  static LateWindows drawn(Chance chance) {
    return new LateWindows(
        (int) chance.between(1, 20),
        chance.between(2, 30),
        chance.oneIn(2) ? 0 : chance.between(1, 60));
  }

  /** The counts, and the late items behind them. */
  List<DataStream<Item>> on(DataStream<Item> in, String id, Site site) {
    var windows =
        in.keyBy(Integer.class, item -> item.key(keys))
            .window(Window.tumbling(Duration.ofMillis(size)))
            .allowedLateness(Duration.ofMillis(latenessMs))
            .lateTo(LATE)
            .count()
            .id(id);
    DataStream<Item> counts = windows.map(Item.class, LateWindows::counted).id(id + "-text");
    DataStream<Item> late =
        windows
            .sideOutput(LATE)
            .map(
                Item.class,
                item -> {
                  site.late();
                  return item;
                })
            .id(id + "-late");
    return List.of(counts, late);
  }

  /** Window and count in one number. */
  private static Item counted(Windowed<Integer, Long> window) {
    long place = window.start() * KEYS + window.key();
    return new Item(place * COUNTS + window.value(), window.end() - 1, "");
  }

  /** What is wrong with what has become visible; empty if nothing. */
  List<String> check(
      String id, List<Item> in, Map<String, Integer> counts, Map<String, Integer> late) {
    List<String> wrong = new ArrayList<>();
    Map<Long, List<Long>> seen = new TreeMap<>();
    counts.forEach(
        (text, times) -> {
          long number = Long.parseLong(text);
          seen.computeIfAbsent(Math.floorDiv(number, COUNTS), w -> new ArrayList<>())
              .add(Math.floorMod(number, (long) COUNTS));
          if (times != 1) {
            wrong.add("%s: count %s of a window came %d times".formatted(id, text, times));
          }
        });
    Map<Long, Long> expected = new TreeMap<>();
    for (Item item : in) {
      String text = LedgerSink.text(item, item.time(), false);
      long place = Math.floorDiv(item.time(), size) * size * KEYS + item.key(keys);
      expected.merge(place, late.containsKey(text) ? 0L : 1L, Long::sum);
    }
    late.forEach(
        (text, times) -> {
          if (times != 1) {
            wrong.add("%s: late item %s came %d times".formatted(id, text, times));
          }
        });
    expected.forEach(
        (place, count) -> {
          List<Long> given = seen.getOrDefault(place, List.of()).stream().sorted().toList();
          if (!rises(given, count)) {
            wrong.add(
                "%s: window %d of key %d gave counts %s, and %d of its items were not late"
                    .formatted(id, place / KEYS, place % KEYS, given, count));
          }
        });
    seen.keySet().removeAll(expected.keySet());
    seen.forEach((place, given) -> wrong.add(id + ": nobody expects window " + place));
    return wrong;
  }

  /** Whether the counts go up one by one to the last. */
  private static boolean rises(List<Long> counts, long last) {
    if (counts.isEmpty()) {
      return last == 0;
    }
    for (int i = 0; i < counts.size(); i++) {
      if (counts.get(i) != last - (counts.size() - 1 - i)) {
        return false;
      }
    }
    return counts.get(0) > 0;
  }
}
