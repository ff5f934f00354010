package io.geartrain.simulation.cluster;

import io.geartrain.appmaster.internal.CheckpointLimits;
import io.geartrain.appmaster.internal.Limits;
import io.geartrain.appmaster.internal.RecoveryPolicy;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.master.internal.MasterLimits;
import io.geartrain.simulation.time.Chance;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The configuration of a run, drawn.
 *
 * @param tickNanos how often the roles hear that time has passed
 * @param slots of each worker
 */
record Tuning(
    long tickNanos,
    int slots,
    Limits limits,
    CheckpointLimits checkpoints,
    RecoveryPolicy.Limits recovery,
    MasterLimits master) {
  private static final int ALWAYS = 1_000;

  static Tuning drawn(Chance chance) {
    return new Tuning(
        TimeUnit.MILLISECONDS.toNanos(chance.between(1, 12)),
        16,
        new Limits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10)),
        new CheckpointLimits(
            Duration.ofMillis(chance.skewed(1, 80)),
            Duration.ofMillis(chance.between(50, 2_000)),
            Duration.ofMillis(chance.skewed(0, 20)),
            (int) chance.between(1, 3)),
        new RecoveryPolicy.Limits(
            ALWAYS, Duration.ofMinutes(1), Duration.ofMillis(chance.between(1, 60))),
        new MasterLimits(
            100,
            Duration.ofSeconds(25),
            ALWAYS,
            Duration.ofSeconds(2),
            Duration.ofMillis(chance.between(10, 3_000)),
            Duration.ofMillis(chance.between(10, 2_000)),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30)));
  }

  /** How much the channels of an executor hold. */
  static ChannelSizes sizes(Chance chance) {
    return new ChannelSizes((int) chance.between(1, 24), (int) chance.between(2, 5));
  }
}
