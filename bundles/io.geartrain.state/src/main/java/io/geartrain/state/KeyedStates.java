package io.geartrain.state;

import io.geartrain.api.ListState;
import io.geartrain.api.MapState;
import io.geartrain.api.ValueState;
import io.geartrain.spi.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * All keyed state of one step in one task, seen from the key at hand. Life: {@link #restore} for
 * each file, then the states are declared, {@link #seal}, then used. Owned by the thread of the
 * task.
 *
 * @param <K> type of the keys
 */
public final class KeyedStates<K> {
  private final KeyGroupRange range;
  private final Codec<Object> any;
  private final ToIntFunction<Object> hashing;
  private final Map<String, KeyGroupTable<K, ?>> tables = new LinkedHashMap<>();
  private final Map<String, List<Saved>> saved = new TreeMap<>();
  private boolean sealed;
  private K key;
  private int hash;

  private record Saved(int keyGroup, int entries, byte[] bytes, Codec<Object> any) {}

  /**
   * Empty state.
   *
   * @param any writes keys and values of whatever type
   * @param hashing spreads the hash of a key, the same in every process; its low bits are the group
   */
  public KeyedStates(KeyGroupRange range, Codec<Object> any, ToIntFunction<Object> hashing) {
    this.range = Objects.requireNonNull(range, "range");
    this.any = Objects.requireNonNull(any, "any");
    this.hashing = Objects.requireNonNull(hashing, "hashing");
  }

  /** The key at hand. */
  public K key() {
    if (key == null) {
      throw new IllegalStateException("there is no key outside of process() and onTimer()");
    }
    return key;
  }

  /** Hash of the key at hand. */
  public int hash() {
    return hash;
  }

  /** Takes a key in hand; null for none. */
  public void key(K current) {
    key = current;
    hash = current == null ? 0 : hashing.applyAsInt(current);
  }

  /**
   * Takes what a snapshot holds of the step for this task's key groups. The values are made once
   * their state is declared.
   *
   * @param step id of the step
   * @param reading the codec of whatever type, by the dictionary of that snapshot
   */
  public void restore(SnapshotReader snapshot, String step, Codec<Object> reading)
      throws IOException {
    for (SnapshotFile.Block block : snapshot.blocks(step, range)) {
      saved
          .computeIfAbsent(block.state(), state -> new ArrayList<>())
          .add(new Saved(block.keyGroup(), block.entries(), snapshot.read(block), reading));
    }
  }

  /** Declares a value for each key. */
  public <V> ValueState<V> value(String name) {
    return new Value<>(declare("value", name, UnaryOperator.<Codec<Object>>identity()));
  }

  /** Declares a list for each key. */
  public <V> ListState<V> list(String name) {
    return new Listed<>(declare("list", name, UnaryOperator.<Codec<Object>>identity()));
  }

  /** Declares a map for each key. */
  public <M, V> MapState<M, V> map(String name) {
    return new Mapped<>(declare("map", name, UnaryOperator.<Codec<Object>>identity()));
  }

  /**
   * Declares a table whose values are of a class of the engine's own.
   *
   * @param codec the codec of the values, over that of whatever type
   */
  public <V> KeyGroupTable<K, V> table(
      String name, Function<? super Codec<Object>, ? extends Codec<? super V>> codec) {
    return declare("table", name, codec);
  }

  /** Declares timers, to be kept beside the queue that they are fired from. */
  public TimerTable<K> timers(String name) {
    return new TimerTable<>(declare("timers", name, any -> TimerTable.CODEC));
  }

  private <V> KeyGroupTable<K, V> declare(
      String kind, String name, Function<? super Codec<Object>, ? extends Codec<? super V>> codec) {
    Objects.requireNonNull(name, "name");
    if (sealed) {
      throw new IllegalStateException("state '" + name + "' must be declared in open()");
    }
    String full = kind + ":" + name;
    for (String other : tables.keySet()) {
      if (nameOf(other).equals(name)) {
        throw new IllegalStateException("two states of the step have the name '" + name + "'");
      }
    }
    for (String other : saved.keySet()) {
      if (nameOf(other).equals(name) && !other.equals(full)) {
        throw new StateException(
            "state '"
                + name
                + "' was a "
                + other.substring(0, other.indexOf(':'))
                + " when it was saved and is a "
                + kind
                + " now; give the new one another name");
      }
    }
    KeyGroupTable<K, V> table = new KeyGroupTable<>(full, range, any, codec.apply(any));
    List<Saved> blocks = saved.remove(full);
    if (blocks != null) {
      for (Saved block : blocks) {
        table.load(
            block.keyGroup, block.entries, block.bytes, hashing, block.any, codec.apply(block.any));
      }
    }
    tables.put(full, table);
    return table;
  }

  private static String nameOf(String full) {
    return full.substring(full.indexOf(':') + 1);
  }

  /**
   * No more state may be declared.
   *
   * @param step id of the step, for messages
   * @throws StateException if state was saved that nobody has declared, which would be lost
   */
  public void seal(String step) {
    sealed = true;
    if (!saved.isEmpty()) {
      throw new StateException(
          "step '%s' declares no state of the name %s, of which the checkpoint holds values; declare it under that name, or begin the step without any of its state (gear submit --from … --drop-state %s)"
              .formatted(
                  step,
                  saved.keySet().stream()
                      .map(full -> "'" + nameOf(full) + "'")
                      .collect(Collectors.joining(", ")),
                  step));
    }
  }

  /** How many keys there are, in the state that has the most. */
  public long size() {
    return tables.values().stream().mapToLong(KeyGroupTable::size).max().orElse(0);
  }

  /** Begins a snapshot of all states as they are now; there must be none running. */
  public Snapshot begin(SnapshotSink sink) {
    List<Snapshot> parts = new ArrayList<>();
    tables.values().forEach(table -> parts.add(table.begin(sink)));
    return Snapshot.all(parts);
  }

  /** Even what is only read is written first, for user code may change what it was given. */
  private final class Value<V> implements ValueState<V> {
    private final KeyGroupTable<K, V> values;

    Value(KeyGroupTable<K, V> values) {
      this.values = values;
    }

    @Override
    public V get() {
      return values.update(key(), hash);
    }

    @Override
    public void set(V value) {
      if (value == null) {
        clear();
      } else {
        values.put(key(), hash, value);
      }
    }

    @Override
    public void clear() {
      values.remove(key(), hash);
    }
  }

  private final class Listed<V> implements ListState<V> {
    private final KeyGroupTable<K, List<V>> lists;

    Listed(KeyGroupTable<K, List<V>> lists) {
      this.lists = lists;
    }

    @Override
    public List<V> get() {
      List<V> list = lists.update(key(), hash);
      return list == null ? List.of() : Collections.unmodifiableList(list);
    }

    @Override
    public void add(V value) {
      Objects.requireNonNull(value, "value");
      lists.updateOrCreate(key(), hash, k -> new ArrayList<>()).add(value);
    }

    @Override
    public void set(List<V> values) {
      if (values.isEmpty()) {
        clear();
      } else {
        lists.put(key(), hash, new ArrayList<>(values));
      }
    }

    @Override
    public void clear() {
      lists.remove(key(), hash);
    }
  }

  private final class Mapped<M, V> implements MapState<M, V> {
    private final KeyGroupTable<K, Map<M, V>> maps;

    Mapped(KeyGroupTable<K, Map<M, V>> maps) {
      this.maps = maps;
    }

    @Override
    public V get(M at) {
      Objects.requireNonNull(at, "key");
      Map<M, V> map = maps.update(key(), hash);
      return map == null ? null : map.get(at);
    }

    @Override
    public void put(M at, V value) {
      Objects.requireNonNull(at, "key");
      Objects.requireNonNull(value, "value");
      maps.updateOrCreate(key(), hash, k -> new HashMap<>()).put(at, value);
    }

    @Override
    public void remove(M at) {
      Map<M, V> map = maps.update(key(), hash);
      if (map != null && map.remove(at) != null && map.isEmpty()) {
        maps.remove(key(), hash);
      }
    }

    @Override
    public Map<M, V> entries() {
      Map<M, V> map = maps.update(key(), hash);
      return map == null ? Map.of() : Collections.unmodifiableMap(map);
    }

    @Override
    public void clear() {
      maps.remove(key(), hash);
    }
  }
}
