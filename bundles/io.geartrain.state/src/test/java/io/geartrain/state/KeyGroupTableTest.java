package io.geartrain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.spi.Codec;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyGroupTableTest {
  private static final int GROUPS = 16;

  /** What a snapshot wrote. */
  static final class Blocks implements SnapshotSink {
    record Block(String state, int keyGroup, int entries, byte[] bytes) {}

    final List<Block> blocks = new ArrayList<>();

    @Override
    public void onBlock(String state, int keyGroup, int entries, byte[] bytes) {
      blocks.add(new Block(state, keyGroup, entries, bytes));
    }
  }

  /** Numbers and arrays of one number, as an aggregator would keep them. */
  static class Numbers implements Codec<long[]> {
    @Override
    public Class<long[]> type() {
      return long[].class;
    }

    @Override
    public String fingerprint() {
      return "number";
    }

    @Override
    public void write(long[] value, Output out) {
      out.writeSignedLong(value[0]);
    }

    @Override
    public long[] read(Input in) {
      return new long[] {in.readSignedLong()};
    }
  }

  private static final class NoNegatives extends Numbers {
    @Override
    public void write(long[] value, Output out) {
      if (value[0] < 0) {
        throw new CodecException(value[0] + " is negative");
      }
      super.write(value, out);
    }
  }

  static final class Keys implements Codec<Integer> {
    @Override
    public Class<Integer> type() {
      return Integer.class;
    }

    @Override
    public String fingerprint() {
      return "key";
    }

    @Override
    public void write(Integer value, Output out) {
      out.writeSignedInt(value);
    }

    @Override
    public Integer read(Input in) {
      return in.readSignedInt();
    }
  }

  static int hash(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    hash ^= hash >>> 16;
    hash *= 0x85EBCA6B;
    return hash ^ hash >>> 13;
  }

  /** Makes long runs of neighbours, so that removal has much to move. */
  static int badHash(Object key) {
    return key.hashCode() % 7 << 5 | key.hashCode() & 3;
  }

  static KeyGroupTable<Integer, long[]> table(KeyGroupRange range) {
    return new KeyGroupTable<>("numbers", range, new Keys(), new Numbers());
  }

  static Map<Integer, Long> contents(KeyGroupTable<Integer, long[]> table) {
    Map<Integer, Long> contents = new HashMap<>();
    table.forEach((key, hash, value) -> assertThat(contents.put(key, value[0])).isNull());
    return contents;
  }

  @Test
  void aSnapshotIsWhatWasThereWhenItBegan() {
    for (long seed = 0; seed < 600; seed++) {
      try {
        play(seed);
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** Random changes and steps, beside a plain map. */
  private void play(long seed) {
    Random random = new Random(seed);
    boolean bad = seed % 3 == 0;
    java.util.function.ToIntFunction<Object> hash =
        bad ? KeyGroupTableTest::badHash : KeyGroupTableTest::hash;
    KeyGroupRange all = new KeyGroupRange(0, GROUPS, GROUPS);
    KeyGroupTable<Integer, long[]> table = table(all);
    Map<Integer, Long> model = new HashMap<>();
    Map<Integer, Long> atBegin = null;
    Blocks blocks = null;
    Snapshot snapshot = null;
    int keys = 1 + random.nextInt(bad ? 60 : 600);
    int removals = random.nextInt(6);
    for (int i = 0; i < 3_000; i++) {
      Integer key = random.nextInt(keys);
      int h = hash.applyAsInt(key);
      switch (random.nextInt(6 + removals)) {
        case 0 -> {
          table.put(key, h, new long[] {i});
          model.put(key, (long) i);
        }
        case 1, 2 -> {
          table.updateOrCreate(key, h, k -> new long[1])[0] += i;
          model.merge(key, (long) i, Long::sum);
        }
        case 3 -> {
          long[] value = table.update(key, h);
          assertThat(value == null ? null : (Long) value[0]).isEqualTo(model.get(key));
          if (value != null) {
            value[0]--;
            model.merge(key, -1L, Long::sum);
          }
        }
        case 4 -> {
          long[] value = table.get(key, h);
          assertThat(value == null ? null : (Long) value[0]).isEqualTo(model.get(key));
        }
        case 5 -> {
          if (random.nextInt(60) == 0) {
            int rest = random.nextInt(5);
            table.removeIf((k, value) -> k % 5 == rest);
            model.keySet().removeIf(k -> k % 5 == rest);
          } else if (snapshot == null) {
            atBegin = new HashMap<>(model);
            blocks = new Blocks();
            snapshot = table.begin(blocks);
          } else if (random.nextInt(40) == 0) {
            snapshot.abort();
            snapshot = null;
          } else if (snapshot.step(0, () -> 0)) {
            assertThat(restored(blocks, all, hash)).isEqualTo(atBegin);
            snapshot = null;
          }
        }
        default -> {
          long[] value = table.remove(key, h);
          assertThat(value == null ? null : (Long) value[0]).isEqualTo(model.remove(key));
        }
      }
    }
    assertThat(contents(table)).isEqualTo(model);
    assertThat(table.size()).isEqualTo(model.size());
    if (snapshot != null) {
      while (!snapshot.step(0, () -> 0)) {}
      assertThat(restored(blocks, all, hash)).isEqualTo(atBegin);
    }
  }

  private static Map<Integer, Long> restored(
      Blocks blocks, KeyGroupRange range, java.util.function.ToIntFunction<Object> hash) {
    KeyGroupTable<Integer, long[]> table = table(range);
    long entries = 0;
    for (Blocks.Block block : blocks.blocks) {
      if (range.contains(block.keyGroup())) {
        table.load(
            block.keyGroup(), block.entries(), block.bytes(), hash, new Keys(), new Numbers());
        entries += block.entries();
      }
    }
    assertThat(entries).as("each key once").isEqualTo(table.size());
    return contents(table);
  }

  @Test
  void everyKeyIsRestoredOnceWhateverTheParallelism() {
    for (int before : new int[] {1, 2, 3, 16}) {
      Blocks blocks = new Blocks();
      Map<Integer, Long> model = new HashMap<>();
      for (int task = 0; task < before; task++) {
        KeyGroupRange range = share(task, before);
        KeyGroupTable<Integer, long[]> table = table(range);
        for (int key = 0; key < 5_000; key++) {
          if (range.contains(range.groupOf(hash(key)))) {
            table.put(key, hash(key), new long[] {key * 3L});
            model.put(key, key * 3L);
          }
        }
        Snapshot snapshot = table.begin(blocks);
        while (!snapshot.step(0, () -> 0)) {}
      }
      assertThat(model).hasSize(5_000);
      for (int after : new int[] {1, 2, 5, 16}) {
        Map<Integer, Long> sum = new HashMap<>();
        for (int task = 0; task < after; task++) {
          restored(blocks, share(task, after), KeyGroupTableTest::hash)
              .forEach((key, value) -> assertThat(sum.put(key, value)).isNull());
        }
        assertThat(sum).isEqualTo(model);
      }
    }
  }

  private static KeyGroupRange share(int task, int tasks) {
    return new KeyGroupRange(task * GROUPS / tasks, (task + 1) * GROUPS / tasks, GROUPS);
  }

  @Test
  void aKeyOfAForeignGroupIsRefused() {
    KeyGroupTable<Integer, long[]> table = table(new KeyGroupRange(0, 1, GROUPS));
    assertThatThrownBy(() -> table.put(7, 5, new long[1]))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("key 7 is in key group 5")
        .hasMessageContaining("java.lang.Integer must not change");
  }

  @Test
  void aKeyWhoseHashIsAnotherAfterwardsIsRefused() {
    KeyGroupTable<Integer, long[]> table = table(new KeyGroupRange(0, GROUPS, GROUPS));
    table.put(7, 3, new long[1]);
    Blocks blocks = new Blocks();
    table.begin(blocks).step(Long.MAX_VALUE, System::nanoTime);
    Blocks.Block block = blocks.blocks.get(0);
    assertThatThrownBy(
            () ->
                table.load(block.keyGroup(), 1, block.bytes(), key -> 4, new Keys(), new Numbers()))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("must depend on the content alone");
  }

  @Test
  void onlyOneSnapshotRunsAtATime() {
    KeyGroupTable<Integer, long[]> table = table(new KeyGroupRange(0, GROUPS, GROUPS));
    Snapshot first = table.begin(new Blocks());
    assertThatThrownBy(() -> table.begin(new Blocks())).isInstanceOf(IllegalStateException.class);
    first.abort();
    assertThat(table.begin(new Blocks()).step(0, () -> 0)).isTrue();
  }

  /** Counts the values that are written. */
  static final class Counting implements Codec<long[]> {
    private final Codec<long[]> numbers = new Numbers();
    private int written;

    @Override
    public Class<long[]> type() {
      return numbers.type();
    }

    @Override
    public String fingerprint() {
      return numbers.fingerprint();
    }

    @Override
    public void write(long[] value, Output out) {
      written++;
      numbers.write(value, out);
    }

    @Override
    public long[] read(Input in) {
      return numbers.read(in);
    }

    int writtenSinceLast() {
      int since = written;
      written = 0;
      return since;
    }
  }

  @Test
  void shouldSpoilTheSnapshotAloneIfWhatChangesCantBeSaved() {
    KeyGroupTable<Integer, long[]> table =
        new KeyGroupTable<>(
            "numbers", new KeyGroupRange(0, GROUPS, GROUPS), new Keys(), new NoNegatives());
    table.put(1, hash(1), new long[] {-1});
    table.put(2, hash(2), new long[] {-2});
    table.put(3, hash(3), new long[] {-3});
    Snapshot spoilt = table.begin(new Blocks());

    table.update(1, hash(1))[0] = 1;
    table.remove(2, hash(2));
    table.put(3, hash(3), new long[] {3});

    assertThatThrownBy(() -> spoilt.step(0, () -> 0))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("can't save state 'numbers': -1 is negative");
    spoilt.abort();
    assertThat(contents(table)).isEqualTo(Map.of(1, 1L, 3, 3L));
    assertThat(table.begin(new Blocks()).step(0, () -> 0)).isTrue();
  }

  @Test
  void pausesDoNotGrowWithTheState() {
    for (int keys : new int[] {1_000, 100_000}) {
      Counting counting = new Counting();
      KeyGroupRange range = new KeyGroupRange(0, 1024, 1024);
      KeyGroupTable<Integer, long[]> table =
          new KeyGroupTable<>("numbers", range, new Keys(), counting);
      for (int key = 0; key < keys; key++) {
        table.put(key, hash(key), new long[] {key});
      }
      Blocks blocks = new Blocks();
      Random random = new Random(1);

      Snapshot snapshot = table.begin(blocks);
      assertThat(counting.writtenSinceLast()).as("by the begin").isZero();
      boolean done = false;
      while (!done) {
        Integer key = random.nextInt(keys);
        table.update(key, hash(key))[0]++;
        assertThat(counting.writtenSinceLast()).as("by an update").isLessThan(2);
        done = snapshot.step(0, () -> 0);
        assertThat(counting.writtenSinceLast()).as("by a step without time").isLessThan(9);
      }

      assertThat(blocks.blocks.stream().mapToInt(Blocks.Block::entries).sum()).isEqualTo(keys);
    }
  }

  @Test
  void aStepTakesTheTimeThatItIsGiven() {
    KeyGroupTable<Integer, long[]> table = table(new KeyGroupRange(0, GROUPS, GROUPS));
    for (int key = 0; key < 10_000; key++) {
      table.put(key, hash(key), new long[] {key});
    }
    Snapshot snapshot = table.begin(new Blocks());
    long[] looks = {0};

    boolean done = snapshot.step(20, () -> looks[0]++);

    assertThat(done).isFalse();
    assertThat(looks[0]).isEqualTo(21);
  }
}
