package io.geartrain.simulation.time;

import java.util.List;
import java.util.SplittableRandom;

/** Draws from a seed. One thread. */
public final class Chance {
  private final SplittableRandom random;

  /** The same draws for the same seed. */
  public Chance(long seed) {
    this(new SplittableRandom(seed));
  }

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  /** Draws of its own for another purpose: what is drawn there moves nothing here. */
  public Chance fork() {
    return new Chance(random.split());
  }

  /** A number from 0 to {@code bound - 1}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number from {@code least} to {@code most}. */
  public long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  /** A number from {@code least} to {@code most}, small ones far more often. */
  public long skewed(long least, long most) {
    double part = random.nextDouble();
    return least + (long) ((most - least) * part * part * part);
  }

  /** True once in so many times. */
  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** Any bits. */
  public long bits() {
    return random.nextLong();
  }

  /** One of several. */
  public <T> T oneOf(List<T> several) {
    return several.get(random.nextInt(several.size()));
  }
}
