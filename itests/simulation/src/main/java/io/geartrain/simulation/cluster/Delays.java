package io.geartrain.simulation.cluster;

import io.geartrain.simulation.time.Chance;
import java.util.concurrent.TimeUnit;

/** How long things take, drawn; short mostly, now and then long. */
final class Delays {
  private static final long US = TimeUnit.MICROSECONDS.toNanos(1);
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Chance chance;
  private final int rarely;

  Delays(Chance chance) {
    this.chance = chance;
    this.rarely = (int) chance.between(20, 400);
  }

  private long of(long most, long rare) {
    return chance.oneIn(rarely) ? chance.between(most, rare) : chance.skewed(0, most);
  }

  /** Of a message in one machine. */
  long mailbox() {
    return of(300 * US, 30 * MS);
  }

  /** Of a message from one machine to another. */
  long wire() {
    return 30 * US + of(3 * MS, 150 * MS);
  }

  /** Between two turns of a task. */
  long turn() {
    return of(40 * US, 8 * MS);
  }

  /** Of something that blocks: a write to a disk, a call of the metadata. */
  long blocking() {
    return of(3 * MS, 80 * MS);
  }

  /** Until the death of somebody on the same machine is noticed. */
  long localDeath() {
    return of(2 * MS, 60 * MS);
  }

  /** Until the death of another machine is noticed. */
  long remoteDeath() {
    return chance.between(5 * MS, 3_000 * MS);
  }

  /** Until a process that was started acts. */
  long start() {
    return of(5 * MS, 100 * MS);
  }
}
