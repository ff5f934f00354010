package io.geartrain.simulation.guard;

import io.geartrain.channel.Batch;
import java.lang.reflect.Field;
import java.util.Random;

/**
 * Loses a record on its way through a channel, or sends one twice, once in a run. Called by a
 * changed {@code Channel}; one thread.
 */
public final class ChannelFault {
  private static final int LATEST = 60;

  private static Random random = new Random(0);
  private static int left = -1;
  private static int happened;

  private ChannelFault() {}

  /** Draws when it happens in a run. */
  public static void arm(long seed) {
    random = new Random(seed);
    left = random.nextInt(LATEST);
  }

  /** In how many runs it has happened. */
  public static int happened() {
    return happened;
  }

  /** A batch is about to be sent. */
  public static void onSend(Batch batch) {
    if (left >= 0 && batch.size() > 0 && left-- == 0) {
      happened++;
      if (random.nextBoolean()) {
        lose(batch);
      } else {
        int last = batch.size() - 1;
        batch.grow();
        batch.add(batch.values()[last], batch.timestamps()[last]);
      }
    }
  }

  private static void lose(Batch batch) {
    try {
      Field size = Batch.class.getDeclaredField("size");
      size.setAccessible(true);
      size.setInt(batch, batch.size() - 1);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
