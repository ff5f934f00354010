package io.geartrain.execution.internal;

import io.geartrain.api.ListState;
import io.geartrain.api.MapState;
import io.geartrain.api.ValueState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The state of a keyed step for all keys, seen from the key at hand; on the task's thread. */
final class KeyedStates {
  private final Set<String> names = new HashSet<>();
  private boolean sealed;
  private Object key;

  /** The key at hand. */
  Object key() {
    if (key == null) {
      throw new IllegalStateException("there is no key outside of process() and onTimer()");
    }
    return key;
  }

  void key(Object current) {
    key = current;
  }

  /** No more state may be declared. */
  void seal() {
    sealed = true;
  }

  <V> ValueState<V> value(String name) {
    return new Value<>(declare(name));
  }

  <V> ListState<V> list(String name) {
    return new Listed<>(declare(name));
  }

  <M, V> MapState<M, V> map(String name) {
    return new Mapped<>(declare(name));
  }

  private <V> Map<Object, V> declare(String name) {
    Objects.requireNonNull(name, "name");
    if (sealed) {
      throw new IllegalStateException("state '" + name + "' must be declared in open()");
    }
    if (!names.add(name)) {
      throw new IllegalStateException("two states of the step have the name '" + name + "'");
    }
    return new HashMap<>();
  }

  private final class Value<V> implements ValueState<V> {
    private final Map<Object, V> values;

    Value(Map<Object, V> values) {
      this.values = values;
    }

    @Override
    public V get() {
      return values.get(key());
    }

    @Override
    public void set(V value) {
      if (value == null) {
        clear();
      } else {
        values.put(key(), value);
      }
    }

    @Override
    public void clear() {
      values.remove(key());
    }
  }

  private final class Listed<V> implements ListState<V> {
    private final Map<Object, List<V>> lists;

    Listed(Map<Object, List<V>> lists) {
      this.lists = lists;
    }

    @Override
    public List<V> get() {
      return Collections.unmodifiableList(lists.getOrDefault(key(), List.of()));
    }

    @Override
    public void add(V value) {
      lists.computeIfAbsent(key(), k -> new ArrayList<>()).add(Objects.requireNonNull(value));
    }

    @Override
    public void set(List<V> values) {
      if (values.isEmpty()) {
        clear();
      } else {
        lists.put(key(), new ArrayList<>(values));
      }
    }

    @Override
    public void clear() {
      lists.remove(key());
    }
  }

  private final class Mapped<M, V> implements MapState<M, V> {
    private final Map<Object, Map<M, V>> maps;

    Mapped(Map<Object, Map<M, V>> maps) {
      this.maps = maps;
    }

    @Override
    public V get(M at) {
      return maps.getOrDefault(key(), Map.of()).get(Objects.requireNonNull(at));
    }

    @Override
    public void put(M at, V value) {
      maps.computeIfAbsent(key(), k -> new HashMap<>())
          .put(Objects.requireNonNull(at), Objects.requireNonNull(value));
    }

    @Override
    public void remove(M at) {
      Map<M, V> map = maps.get(key());
      if (map != null) {
        map.remove(at);
        if (map.isEmpty()) {
          maps.remove(key());
        }
      }
    }

    @Override
    public Map<M, V> entries() {
      return Collections.unmodifiableMap(maps.getOrDefault(key(), Map.of()));
    }

    @Override
    public void clear() {
      maps.remove(key());
    }
  }
}
