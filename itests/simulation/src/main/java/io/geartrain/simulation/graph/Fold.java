package io.geartrain.simulation.graph;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Aggregators;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** How a drawn window folds its items to a number; their order does not matter. */
enum Fold {
  /** How many. */
  COUNT(List::size) {
    @Override
    Aggregator<Item, ?, Long> aggregator() {
      return Aggregators.counting();
    }
  },
  /** The sum of ids; can be taken back. */
  SUM(items -> items.stream().mapToLong(Item::id).sum()) {
    @Override
    Aggregator<Item, ?, Long> aggregator() {
      return Aggregators.summing(Item::id);
    }
  },
  /** The greatest id; can't be taken back. */
  MAX(items -> items.stream().mapToLong(Item::id).max().orElseThrow()) {
    @Override
    Aggregator<Item, ?, Long> aggregator() {
      return new Greatest();
    }
  },
  /** Keeps all items, and their loads. */
  ALL(
      items ->
          items.stream().mapToLong(item -> Item.mix(item.id(), 7, item.load().length())).sum()) {
    @Override
    Aggregator<Item, ?, Long> aggregator() {
      return new Collected();
    }
  };

  private final ToLongFunction<List<Item>> result;

  Fold(ToLongFunction<List<Item>> result) {
    this.result = result;
  }

  /** The number, computed. */
  long of(List<Item> items) {
    return result.applyAsLong(items);
  }

  /** The same in the engine. */
  abstract Aggregator<Item, ?, Long> aggregator();

  private static final class Greatest implements Aggregator<Item, Long, Long> {
    @Override
    public Long create() {
      return Long.MIN_VALUE;
    }

    @Override
    public Long add(Long greatest, Item item) {
      return Math.max(greatest, item.id());
    }

    @Override
    public Long merge(Long left, Long right) {
      return Math.max(left, right);
    }

    @Override
    public Long result(Long greatest) {
      return greatest;
    }
  }

  private static final class Collected implements Aggregator<Item, ArrayList<Item>, Long> {
    @Override
    public ArrayList<Item> create() {
      return new ArrayList<>();
    }

    @Override
    public ArrayList<Item> add(ArrayList<Item> all, Item item) {
      all.add(item);
      return all;
    }

    @Override
    public ArrayList<Item> merge(ArrayList<Item> left, ArrayList<Item> right) {
      left.addAll(right);
      return left;
    }

    @Override
    public Long result(ArrayList<Item> all) {
      return ALL.of(all);
    }
  }
}
