package io.geartrain.state;

import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.util.Arrays;

/**
 * The times for which each key has set timers: what a snapshot keeps of them. The order in which
 * they are due is somebody else's matter, and is made anew from here. Owned by the thread of the
 * task.
 *
 * @param <K> type of the keys
 */
public final class TimerTable<K> {
  /** Writes sorted times by their distances. */
  static final Codec<long[]> CODEC =
      new Codec<>() {
        @Override
        public Class<long[]> type() {
          return long[].class;
        }

        @Override
        public String fingerprint() {
          return "times";
        }

        @Override
        public void write(long[] times, Output out) {
          out.writeVarInt(times.length);
          long before = 0;
          for (long time : times) {
            out.writeSignedLong(time - before);
            before = time;
          }
        }

        @Override
        public long[] read(Input in) {
          long[] times = new long[in.readLength(1)];
          long before = 0;
          for (int i = 0; i < times.length; i++) {
            before += in.readSignedLong();
            times[i] = before;
          }
          return times;
        }
      };

  private final KeyGroupTable<K, long[]> table;

  TimerTable(KeyGroupTable<K, long[]> table) {
    this.table = table;
  }

  /** Sets a timer; false if it was set already. */
  public boolean add(K key, int hash, long timeMs) {
    long[] before = table.get(key, hash);
    if (before == null) {
      table.put(key, hash, new long[] {timeMs});
      return true;
    }
    int found = Arrays.binarySearch(before, timeMs);
    if (found >= 0) {
      return false;
    }
    long[] after = Arrays.copyOf(before, before.length + 1);
    System.arraycopy(before, ~found, after, ~found + 1, before.length - ~found);
    after[~found] = timeMs;
    table.put(key, hash, after);
    return true;
  }

  /** Takes a timer away; false if it was not set. */
  public boolean remove(K key, int hash, long timeMs) {
    long[] before = table.get(key, hash);
    int found = before == null ? -1 : Arrays.binarySearch(before, timeMs);
    if (found < 0) {
      return false;
    }
    if (before.length == 1) {
      table.remove(key, hash);
      return true;
    }
    long[] after = Arrays.copyOf(before, before.length - 1);
    System.arraycopy(before, found + 1, after, found, after.length - found);
    table.put(key, hash, after);
    return true;
  }

  /** Takes every timer with its key. */
  public void forEach(TimerVisitor<? super K> visitor) {
    table.forEach(
        (key, hash, times) -> {
          for (long time : times) {
            visitor.visit(key, time);
          }
        });
  }

  /**
   * Takes timers.
   *
   * @param <K> type of the keys
   */
  @FunctionalInterface
  public interface TimerVisitor<K> {
    /** Takes one. */
    void visit(K key, long timeMs);
  }
}
