package io.geartrain.microbench;

import io.geartrain.channel.KeyGroup;
import io.geartrain.codec.CodecRegistry;
import io.geartrain.codec.TypeDictionary;
import io.geartrain.spi.Codec;
import io.geartrain.state.KeyGroupRange;
import io.geartrain.state.KeyGroupTable;
import io.geartrain.state.Snapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** State by key: a running count of 50,000 words, and the writing of all of it. */
@State(Scope.Thread)
public class StateBench {
  private final Words words = new Words();
  private final KeyGroupTable<String, long[]> counts;
  private long written;

  /** A table that has all words. */
  public StateBench() {
    ClassLoader loader = StateBench.class.getClassLoader();
    Codec<Object> any = CodecRegistry.of(TypeDictionary.EMPTY, loader).any();
    counts = new KeyGroupTable<>("counts", new KeyGroupRange(0, 1024, 1024), any, any);
    for (int i = 0; i < Words.COUNT; i++) {
      String word = "word" + i;
      counts.put(word, KeyGroup.spread(word), new long[1]);
    }
  }

  /** A record is counted. */
  @Benchmark
  public long update() {
    String word = words.next();
    return ++counts.updateOrCreate(word, words.hash(), key -> new long[1])[0];
  }

  /** A key is written into a snapshot. */
  @Benchmark
  @OperationsPerInvocation(Words.COUNT)
  public long snapshot() {
    Snapshot snapshot = counts.begin((state, group, entries, bytes) -> written += bytes.length);
    while (!snapshot.step(1, () -> 0)) {
      Thread.onSpinWait();
    }
    return written;
  }
}
