package io.geartrain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two threads that sleep whenever they can: a lost wake-up leaves one of them asleep. */
class WakeUpStressTest {
  private static final int RECORDS = 300_000;

  /** Sleeps as a task does: says so, looks again, waits. */
  private static final class Sleeper implements Wakeable {
    private final AtomicBoolean awake = new AtomicBoolean(true);
    private final Semaphore turns = new Semaphore(0);

    @Override
    public void wake() {
      if (!awake.get() && awake.compareAndSet(false, true)) {
        turns.release();
      }
    }

    void sleepUnless(java.util.function.BooleanSupplier work) throws InterruptedException {
      awake.set(false);
      VarHandle.fullFence();
      if (work.getAsBoolean() && awake.compareAndSet(false, true)) {
        return;
      }
      if (!turns.tryAcquire(20, TimeUnit.SECONDS)) {
        throw new AssertionError("a wake-up was lost");
      }
    }
  }

  @Test
  void shouldLoseNoWakeUpInEitherDirection() throws Exception {
    for (int batches = 2; batches <= 4; batches++) {
      assertThat(transfer(new ChannelSizes(1, batches)))
          .isEqualTo((long) RECORDS * (RECORDS - 1) / 2);
    }
  }

  private static long transfer(ChannelSizes sizes) throws Exception {
    Sleeper producer = new Sleeper();
    Sleeper consumer = new Sleeper();
    Channel channel = new Channel(new ChannelId(0, 0, 0, 1), sizes, producer, consumer);
    AtomicLong sum = new AtomicLong(-1);
    Thread reading = new Thread(() -> sum.set(read(channel, consumer)));
    reading.start();

    Credit credit = new Credit();
    ForwardRouter writer = new ForwardRouter(channel, credit);
    writer.resume();
    for (int n = 0; n < RECORDS; n++) {
      while (credit.exhausted()) {
        if (writer.resume()) {
          credit.restore();
        } else {
          producer.sleepUnless(writer::resumable);
        }
      }
      writer.emit(n, n);
    }
    writer.end();
    while (!writer.drain()) {
      producer.sleepUnless(writer::drainable);
    }
    reading.join(TimeUnit.SECONDS.toMillis(60));
    return sum.get();
  }

  private static long read(Channel channel, Sleeper consumer) {
    InputGate gate = new InputGate(List.of(channel));
    long sum = 0;
    try {
      while (!gate.ended()) {
        Batch batch = gate.poll();
        if (batch == null) {
          consumer.sleepUnless(gate::hasInput);
        } else {
          for (int i = 0; i < batch.size(); i++) {
            sum += (Integer) batch.values()[i];
          }
          gate.release(batch);
        }
      }
    } catch (InterruptedException e) {
      return -1;
    }
    return sum;
  }
}
