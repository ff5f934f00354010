package io.geartrain.simulation.graph;

import io.geartrain.api.DataStream;
import io.geartrain.api.Emitter;
import io.geartrain.api.KeyedContext;
import io.geartrain.api.KeyedProcessor;
import io.geartrain.api.ListState;
import io.geartrain.api.MapState;
import io.geartrain.api.Timers;
import io.geartrain.api.ValueState;
import io.geartrain.simulation.fault.Moment;
import io.geartrain.simulation.time.Chance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Steps with state and timers for each key, without windows. */
final class KeyedSteps {
  private KeyedSteps() {}

  static Operation drawn(Chance chance) {
    int keys = (int) chance.between(1, 60);
    return switch (chance.below(4)) {
      case 0 -> new Distinct(keys, (int) chance.between(2, 20));
      case 1 -> new Alarm(keys, chance.between(1, 100));
      case 2 -> new Buffer(keys, chance.between(1, 30));
      default -> new Running(keys);
    };
  }

  /** For each item, how many its key has had so far. */
  record Running(int keys) implements Operation {
    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return in.keyBy(Integer.class, item -> item.key(keys))
          .count()
          .id(id)
          .map(Item.class, count -> counted(count.key(), count.value()))
          .id(id + "-text");
    }

    private static Item counted(int key, long count) {
      return new Item(Item.mix(key, count, 3), 0, "");
    }

    @Override
    public List<Item> of(List<Item> in) {
      Map<Integer, Long> counts = new HashMap<>();
      List<Item> out = new ArrayList<>();
      for (Item item : in) {
        int key = item.key(keys);
        out.add(counted(key, counts.merge(key, 1L, Long::sum)));
      }
      return out;
    }

    @Override
    public Traits after(Traits in) {
      return in.untimed();
    }
  }

  /** The first item of each kind. */
  record Distinct(int keys, int kinds) implements Operation {
    private Item first(Item item) {
      return new Item(Item.mix(item.key(keys), kind(item), 4), 0, "");
    }

    private int kind(Item item) {
      return (int) ((item.id() >>> 20) % kinds);
    }

    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return in.keyBy(String.class, item -> "k" + item.key(keys))
          .process(Item.class, () -> new Seen(site, this))
          .id(id);
    }

    @Override
    public List<Item> of(List<Item> in) {
      Map<Long, Item> firsts = new LinkedHashMap<>();
      in.forEach(item -> firsts.putIfAbsent(first(item).id(), first(item)));
      return List.copyOf(firsts.values());
    }

    @Override
    public Traits after(Traits in) {
      return in.untimed();
    }
  }

  private static final class Seen implements KeyedProcessor<String, Item, Item> {
    private final Site site;
    private final Distinct distinct;
    private MapState<Integer, Long> seen;

    Seen(Site site, Distinct distinct) {
      this.site = site;
      this.distinct = distinct;
    }

    @Override
    public void open(KeyedContext<String> context) {
      seen = context.mapState("seen", Integer.class, Long.class);
    }

    @Override
    public void process(Item item, long timestamp, Emitter<Item> out) {
      site.at(Moment.RECORD);
      int kind = distinct.kind(item);
      Long before = seen.get(kind);
      seen.put(kind, before == null ? 1 : before + 1);
      if (before == null) {
        out.emit(distinct.first(item));
      }
    }
  }

  /** For each instant of a key some time after its items, one item. */
  record Alarm(int keys, long afterMs) implements Operation {
    private static Item rung(int key, long time) {
      return new Item(Item.mix(key, time, 5), time, "");
    }

    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return in.keyBy(Integer.class, item -> item.key(keys))
          .process(Item.class, () -> new Ringing(site, afterMs))
          .id(id);
    }

    @Override
    public List<Item> of(List<Item> in) {
      Map<Integer, TreeSet<Long>> times = new HashMap<>();
      in.forEach(
          item ->
              times
                  .computeIfAbsent(item.key(keys), key -> new TreeSet<>())
                  .add(item.time() + afterMs));
      List<Item> out = new ArrayList<>();
      times.forEach((key, all) -> all.forEach(time -> out.add(rung(key, time))));
      return out;
    }

    /**
     * A timer that is set again after it has rung rings again: only if no item is late it can't.
     */
    @Override
    public boolean takes(Traits in) {
      return in.windows();
    }
  }

  private static final class Ringing implements KeyedProcessor<Integer, Item, Item> {
    private final Site site;
    private final long afterMs;
    private KeyedContext<Integer> context;
    private ValueState<Long> latest;

    Ringing(Site site, long afterMs) {
      this.site = site;
      this.afterMs = afterMs;
    }

    @Override
    public void open(KeyedContext<Integer> opened) {
      context = opened;
      latest = opened.valueState("latest", Long.class);
    }

    @Override
    public void process(Item item, long timestamp, Emitter<Item> out) {
      site.at(Moment.RECORD);
      Long before = latest.get();
      latest.set(before == null ? timestamp : Math.max(before, timestamp));
      context.timers().onEventTime(timestamp + afterMs);
    }

    @Override
    public void onTimer(long timestamp, Timers.Domain domain, Emitter<Item> out) {
      Long known = latest.get();
      if (known == null || known < timestamp - afterMs) {
        throw new IllegalStateException(
            "the timer for %d rings, but the latest item was %s".formatted(timestamp, known));
      }
      out.emit(Alarm.rung(context.key(), timestamp), timestamp);
    }
  }

  /** Items wait for the clock, or for the end. */
  record Buffer(int keys, long waitMs) implements Operation {
    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return in.keyBy(Integer.class, item -> item.key(keys))
          .process(Item.class, () -> new Waiting(site, waitMs))
          .id(id);
    }

    @Override
    public List<Item> of(List<Item> in) {
      return in;
    }

    @Override
    public Traits after(Traits in) {
      return in.delayed();
    }
  }

  private static final class Waiting implements KeyedProcessor<Integer, Item, Item> {
    private static final long FAR = 1L << 50;

    private final Site site;
    private final long waitMs;
    private KeyedContext<Integer> context;
    private ListState<Item> waiting;

    Waiting(Site site, long waitMs) {
      this.site = site;
      this.waitMs = waitMs;
    }

    @Override
    public void open(KeyedContext<Integer> opened) {
      context = opened;
      waiting = opened.listState("waiting", Item.class);
    }

    @Override
    public void process(Item item, long timestamp, Emitter<Item> out) {
      site.at(Moment.RECORD);
      waiting.add(item);
      context.timers().onProcessingTime(context.timers().processingTime() + waitMs);
      context.timers().onEventTime(FAR);
    }

    @Override
    public void onTimer(long timestamp, Timers.Domain domain, Emitter<Item> out) {
      waiting.get().forEach(item -> out.emit(item, item.time()));
      waiting.clear();
    }
  }
}
