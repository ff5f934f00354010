package io.geartrain.simulation.cluster;

import io.geartrain.simulation.time.Chance;
import java.util.function.UnaryOperator;

/** What files are written on; now and then it keeps something else than what is written. */
final class Medium implements UnaryOperator<byte[]> {
  private final Chance chance;
  private boolean damages;

  Medium(Chance chance) {
    this.chance = chance;
  }

  /** Keeps the next file wrong. */
  void damageNext() {
    damages = true;
  }

  @Override
  public byte[] apply(byte[] written) {
    if (!damages) {
      return written;
    }
    damages = false;
    return damaged(written);
  }

  /** The same with a bit changed, or shorter. */
  byte[] damaged(byte[] bytes) {
    if (bytes.length == 0 || chance.oneIn(3)) {
      return java.util.Arrays.copyOf(bytes, bytes.length == 0 ? 1 : chance.below(bytes.length));
    }
    byte[] other = bytes.clone();
    other[chance.below(other.length)] ^= (byte) (1 << chance.below(8));
    return other;
  }
}
