package io.geartrain.state;

import io.geartrain.spi.Codec;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * A value for each key of a task's key groups, which can be saved while it changes. Every call
 * takes the key's hash beside the key: spread well, the same in every process, and with the group
 * in its low bits. Owned by the thread of the task.
 *
 * <p>A snapshot holds what was there when it began. An entry that is about to change before its
 * turn has come is written first, so nothing is copied and beginning takes no time; if it can't be,
 * the snapshot ends, and its next step says why. What a method hands out "for update" may be
 * changed in place until the next snapshot begins; all else must not be.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class KeyGroupTable<K, V> {
  private final String name;
  private final KeyGroupRange range;
  private final int groupBits;
  private final Codec<? super K> keyCodec;
  private final Codec<? super V> valueCodec;
  private final Entries[] groups;
  private final int groupMask;
  private int version = 1;
  private TableSnapshot running;

  /** An empty table. */
  public KeyGroupTable(
      String name, KeyGroupRange range, Codec<? super K> keyCodec, Codec<? super V> valueCodec) {
    this.name = Objects.requireNonNull(name, "name");
    this.range = range;
    this.groupBits = Integer.numberOfTrailingZeros(range.total());
    this.groupMask = range.total() - 1;
    this.keyCodec = Objects.requireNonNull(keyCodec, "keyCodec");
    this.valueCodec = Objects.requireNonNull(valueCodec, "valueCodec");
    this.groups = new Entries[range.total()];
  }

  /** Name of the state. */
  public String name() {
    return name;
  }

  /** How many keys there are. */
  public long size() {
    long size = 0;
    for (int group = range.first(); group < range.end(); group++) {
      size += groups[group] == null ? 0 : groups[group].size();
    }
    return size;
  }

  /** The value of a key, for reading only; null if it has none. */
  @SuppressWarnings("unchecked")
  public V get(K key, int hash) {
    Entries entries = groups[hash & groupMask];
    if (entries == null) {
      return null;
    }
    int slot = entries.find(key, hash);
    return slot < 0 ? null : (V) entries.value(slot);
  }

  /** The value of a key, for update; null if it has none. */
  @SuppressWarnings("unchecked")
  public V update(K key, int hash) {
    Entries entries = groups[hash & groupMask];
    if (entries == null) {
      return null;
    }
    int slot = entries.find(key, hash);
    if (slot < 0) {
      return null;
    }
    if (running != null) {
      running.beforeChange(hash & groupMask, entries, slot);
    }
    return (V) entries.value(slot);
  }

  /** The value of a key, for update; made if it has none. */
  @SuppressWarnings("unchecked")
  public V updateOrCreate(K key, int hash, Function<? super K, ? extends V> create) {
    Entries entries = entries(key, hash);
    int slot = entries.find(key, hash);
    if (slot < 0) {
      V value = create.apply(key);
      insert(entries, ~slot, key, hash, value);
      return value;
    }
    if (running != null) {
      running.beforeChange(hash & groupMask, entries, slot);
    }
    return (V) entries.value(slot);
  }

  /** Sets the value of a key, which must not be null. */
  public void put(K key, int hash, V value) {
    Entries entries = entries(key, hash);
    int slot = entries.find(key, hash);
    if (slot < 0) {
      insert(entries, ~slot, key, hash, value);
      return;
    }
    if (running != null) {
      running.beforeChange(hash & groupMask, entries, slot);
    }
    entries.value(slot, Objects.requireNonNull(value, "value"));
  }

  /** Forgets a key; answers the value that it had, or null. */
  @SuppressWarnings("unchecked")
  public V remove(K key, int hash) {
    int group = hash & groupMask;
    Entries entries = groups[group];
    if (entries == null) {
      return null;
    }
    int slot = entries.find(key, hash);
    if (slot < 0) {
      return null;
    }
    if (running != null) {
      running.beforeChange(group, entries, slot);
    }
    V value = (V) entries.value(slot);
    erase(group, entries, slot);
    shrink(group, entries);
    return value;
  }

  private void erase(int group, Entries entries, int slot) {
    int hole = slot;
    for (int next; (next = entries.successor(hole)) >= 0; hole = next) {
      if (running != null) {
        running.beforeMove(group, entries, next);
      }
      entries.move(next, hole);
    }
    entries.erase(hole);
  }

  private void shrink(int group, Entries entries) {
    if (entries.shrink() && running != null) {
      running.onReordered(group);
    }
  }

  /**
   * Forgets the keys that a condition holds for; it is given the values for reading only, some
   * perhaps twice.
   */
  @SuppressWarnings("unchecked")
  public void removeIf(BiPredicate<? super K, ? super V> condition) {
    for (int group = range.first(); group < range.end(); group++) {
      Entries entries = groups[group];
      if (entries != null) {
        int slot = 0;
        while (slot < entries.capacity()) {
          Object key = entries.key(slot);
          if (key != null && condition.test((K) key, (V) entries.value(slot))) {
            if (running != null) {
              running.beforeChange(group, entries, slot);
            }
            erase(group, entries, slot);
          } else {
            slot++;
          }
        }
        shrink(group, entries);
      }
    }
  }

  /**
   * Takes each key with its value, for reading only. Meanwhile {@link #update} may be called, but
   * keys must neither come nor go.
   */
  @SuppressWarnings("unchecked")
  public void forEach(EntryVisitor<? super K, ? super V> visitor) {
    for (int group = range.first(); group < range.end(); group++) {
      Entries entries = groups[group];
      if (entries != null) {
        for (int slot = 0; slot < entries.capacity(); slot++) {
          if (entries.key(slot) != null) {
            visitor.visit((K) entries.key(slot), entries.hash(slot), (V) entries.value(slot));
          }
        }
      }
    }
  }

  /**
   * Takes keys with their values.
   *
   * @param <K> type of the keys
   * @param <V> type of the values
   */
  @FunctionalInterface
  public interface EntryVisitor<K, V> {
    /**
     * Takes one.
     *
     * @param hash of the key, for {@link #update}
     */
    void visit(K key, int hash, V value);
  }

  /** A walk that takes each key once. */
  public Walk walk() {
    return new Walk();
  }

  /**
   * A walk over all keys that can stop and go on. Meanwhile {@link #update} may be called, but keys
   * must neither come nor go.
   */
  public final class Walk {
    private int group = range.first();
    private int slot;

    /**
     * Takes keys until the visitor answers false.
     *
     * @return whether all were taken
     */
    @SuppressWarnings("unchecked")
    public <X extends Exception> boolean go(StoppingVisitor<? super K, ? super V, X> visitor)
        throws X {
      for (; group < range.end(); group++, slot = 0) {
        Entries entries = groups[group];
        while (entries != null && slot < entries.capacity()) {
          int at = slot++;
          Object key = entries.key(at);
          if (key != null && !visitor.visit((K) key, entries.hash(at), (V) entries.value(at))) {
            return false;
          }
        }
      }
      return true;
    }
  }

  /**
   * Takes keys with their values, for reading only, as long as it likes.
   *
   * @param <K> type of the keys
   * @param <V> type of the values
   * @param <X> what it throws
   */
  @FunctionalInterface
  public interface StoppingVisitor<K, V, X extends Exception> {
    /**
     * Takes one.
     *
     * @param hash of the key, for {@link #update}
     * @return whether to go on
     */
    boolean visit(K key, int hash, V value) throws X;
  }

  /** Begins a snapshot of what is there now; there must be none running. Takes no time. */
  public Snapshot begin(SnapshotSink sink) {
    if (running != null) {
      throw new IllegalStateException("a snapshot of '" + name + "' is running already");
    }
    version++;
    running = new TableSnapshot(sink);
    return running;
  }

  /**
   * Adds what a snapshot's block holds; other keys stay.
   *
   * @param hash of a key, as it is given to the other methods
   * @param keyCodec reads what the keys were written with
   * @param valueCodec reads what the values were written with
   * @throws StateException if the block is none of this state's, or a key is of another group now
   */
  @SuppressWarnings("unchecked")
  public void load(
      int keyGroup,
      int entryCount,
      byte[] bytes,
      ToIntFunction<Object> hash,
      Codec<? super K> keyCodec,
      Codec<? super V> valueCodec) {
    Input in = new Input(bytes);
    try {
      for (int i = 0; i < entryCount; i++) {
        Object key = keyCodec.read(in);
        Object value = valueCodec.read(in);
        if (key == null || value == null) {
          throw in.corrupt("null for a " + (key == null ? "key" : "value"));
        }
        int spread = hash.applyAsInt(key);
        if ((spread & groupMask) != keyGroup) {
          throw new StateException(
              "the key "
                  + key
                  + " of state '"
                  + name
                  + "' was in key group "
                  + keyGroup
                  + " when it was saved and is in "
                  + (spread & groupMask)
                  + " now; the hashCode of "
                  + key.getClass().getName()
                  + " must depend on the content alone and be the same in every process");
        }
        put((K) key, spread, (V) value);
      }
    } catch (CodecException e) {
      throw new StateException(
          "can't restore state '" + name + "', key group " + keyGroup + ": " + e.getMessage(), e);
    }
    if (in.remaining() != 0) {
      throw new StateException(
          "can't restore state '"
              + name
              + "', key group "
              + keyGroup
              + ": "
              + in.remaining()
              + " bytes too many");
    }
  }

  private Entries entries(K key, int hash) {
    Entries entries = groups[hash & groupMask];
    return entries == null ? create(key, hash) : entries;
  }

  private Entries create(K key, int hash) {
    int group = hash & groupMask;
    if (!range.contains(group)) {
      throw new StateException(
          "the key "
              + key
              + " is in key group "
              + group
              + ", and this task has "
              + range
              + "; the hashCode of "
              + key.getClass().getName()
              + " must not change");
    }
    return groups[group] = new Entries(groupBits);
  }

  private void insert(Entries entries, int slot, K key, int hash, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    if (entries.insert(slot, key, hash, value, version) && running != null) {
      running.onReordered(hash & groupMask);
    }
  }

  /** Goes through the groups in order; an entry is unwritten while its stamp is not the version. */
  private final class TableSnapshot implements Snapshot {
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int WORK_BETWEEN_LOOKS = 64;

    private final SnapshotSink sink;
    private final Output[] outputs = new Output[groups.length];
    private final int[] counts = new int[groups.length];
    private Output spare;
    private int group = range.first();
    private int cursor;
    private StateException problem;

    TableSnapshot(SnapshotSink sink) {
      this.sink = Objects.requireNonNull(sink, "sink");
    }

    @Override
    public boolean step(long budgetNanos, LongSupplier nanoTime) {
      if (problem != null) {
        throw problem;
      }
      if (running != this) {
        return group == range.end();
      }
      long start = nanoTime.getAsLong();
      int work = 0;
      while (group < range.end()) {
        Entries entries = groups[group];
        while (entries != null && cursor < entries.capacity()) {
          if (isUnwritten(entries, cursor)) {
            work += 8 + write(group, entries, cursor) / 8;
          }
          cursor++;
          if (++work >= WORK_BETWEEN_LOOKS) {
            work = 0;
            if (nanoTime.getAsLong() - start >= budgetNanos) {
              return false;
            }
          }
        }
        flush(group);
        spare = outputs[group] == null ? spare : outputs[group];
        outputs[group] = null;
        group++;
        cursor = 0;
      }
      running = null;
      return true;
    }

    @Override
    public void abort() {
      if (running == this) {
        running = null;
      }
    }

    private boolean isUnwritten(Entries entries, int slot) {
      return entries.stamp(slot) != version && entries.key(slot) != null;
    }

    /** Whoever changes the entry is not to blame if it can't be saved. */
    void beforeChange(int ofGroup, Entries entries, int slot) {
      if (entries.stamp(slot) != version) {
        try {
          write(ofGroup, entries, slot);
        } catch (StateException e) {
          problem = e;
          abort();
        }
      }
    }

    /** The cursor might miss what moves to where it was already. */
    void beforeMove(int ofGroup, Entries entries, int slot) {
      if (ofGroup == group && cursor > 0) {
        beforeChange(ofGroup, entries, slot);
      }
    }

    void onReordered(int ofGroup) {
      if (ofGroup == group) {
        cursor = 0;
      }
    }

    /** Writes an entry; answers how many bytes it took. */
    @SuppressWarnings("unchecked")
    private int write(int ofGroup, Entries entries, int slot) {
      Output out = outputs[ofGroup];
      if (out == null) {
        out = outputs[ofGroup] = spare == null ? new Output() : spare;
        spare = null;
      }
      int before = out.size();
      try {
        keyCodec.write((K) entries.key(slot), out);
        valueCodec.write((V) entries.value(slot), out);
      } catch (CodecException e) {
        out.truncate(before);
        throw new StateException("can't save state '" + name + "': " + e.getMessage(), e);
      }
      entries.stamp(slot, version);
      counts[ofGroup]++;
      int written = out.size() - before;
      if (out.size() >= BLOCK_BYTES) {
        flush(ofGroup);
      }
      return written;
    }

    private void flush(int ofGroup) {
      if (counts[ofGroup] > 0) {
        sink.onBlock(name, ofGroup, counts[ofGroup], outputs[ofGroup].toByteArray());
        outputs[ofGroup].clear();
        counts[ofGroup] = 0;
      }
    }
  }
}
