package io.geartrain.microbench;

import io.geartrain.channel.KeyGroup;
import java.util.Random;

/** Keys as they come in texts: some often, most seldom; with their hashes. */
final class Words {
  static final int COUNT = 50_000;

  private final String[] words = new String[1 << 16];
  private final int[] hashes = new int[words.length];
  private int next;

  Words() {
    Random random = new Random(1);
    for (int i = 0; i < words.length; i++) {
      int rank = (int) Math.pow(COUNT, random.nextDouble());
      words[i] = "word" + rank;
      hashes[i] = KeyGroup.spread(words[i]);
    }
  }

  String next() {
    next = next + 1 & words.length - 1;
    return words[next];
  }

  /** Of the word that was given last. */
  int hash() {
    return hashes[next];
  }
}
