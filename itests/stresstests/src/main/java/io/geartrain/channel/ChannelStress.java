package io.geartrain.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A channel loses no wake-up: nobody sleeps while a batch or credit waits. */
public final class ChannelStress {
  private static final ChannelId ID = new ChannelId(0, 0, 0, 1);
  private static final Wakeable NOBODY = () -> {};

  private ChannelStress() {}

  /** A batch is sent while the consumer goes to sleep. */
  @JCStressTest
  @State
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the consumer has its turn")
  @Outcome(id = "false", expect = Expect.FORBIDDEN, desc = "a batch waits, the consumer sleeps")
  public static class ConsumerSleeps {
    private final Sleeper consumer = new Sleeper();
    private final Channel channel = new Channel(ID, new ChannelSizes(1, 2), NOBODY, consumer);
    private final Batch batch = channel.acquire();

    /** Sends. */
    @Actor
    public void producer() {
      channel.send(batch);
    }

    /** Goes to sleep. */
    @Actor
    public void consumer() {
      consumer.sleepUnless(() -> !channel.isEmpty());
    }

    /** Looks who sleeps. */
    @Arbiter
    public void end(Z_Result r) {
      r.r1 = consumer.isAwake();
    }
  }

  /** Half of the credit comes back while the producer, who has none, asks for it and sleeps. */
  @JCStressTest
  @State
  @Outcome(
      id = {"true, true", "true, false", "false, true"},
      expect = Expect.ACCEPTABLE,
      desc = "the producer goes on, at once or by another turn")
  @Outcome(
      id = "false, false",
      expect = Expect.FORBIDDEN,
      desc = "credit is back, the producer sleeps without it")
  public static class ProducerSleeps {
    private final Sleeper producer = new Sleeper();
    private final Channel channel = new Channel(ID, new ChannelSizes(1, 2), producer, NOBODY);
    private final ForwardRouter writer = new ForwardRouter(channel, new Credit());
    private final Batch taken;

    /** A channel without credit, of which one batch has been processed. */
    public ProducerSleeps() {
      writer.resume();
      writer.emit("a", 1);
      writer.emit("b", 2);
      taken = channel.poll();
    }

    /** Gives credit back. */
    @Actor
    public void consumer() {
      channel.recycle(taken);
    }

    /** Asks for credit, and sleeps if there is none. */
    @Actor
    public void producer(ZZ_Result r) {
      r.r1 = writer.resume();
      if (!r.r1) {
        producer.sleepUnless(writer::resumable);
      }
    }

    /** Looks who sleeps. */
    @Arbiter
    public void end(ZZ_Result r) {
      r.r2 = producer.isAwake();
    }
  }

  /** The same with a wish for credit that was granted before and is made anew. */
  @JCStressTest
  @State
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the producer has its turn")
  @Outcome(id = "false", expect = Expect.FORBIDDEN, desc = "all credit is back, and it sleeps")
  public static class ProducerSleepsAgain {
    private final Sleeper producer = new Sleeper();
    private final Channel channel = new Channel(ID, new ChannelSizes(1, 2), producer, NOBODY);
    private final ForwardRouter writer = new ForwardRouter(channel, new Credit());

    /** A channel without credit, whose producer waits for it. */
    public ProducerSleepsAgain() {
      writer.resume();
      writer.emit("a", 1);
      writer.emit("b", 2);
      writer.resume();
    }

    /** Takes and gives back whatever there is. */
    @Actor
    public void consumer() {
      for (int i = 0; i < 3; i++) {
        Batch batch = channel.poll();
        if (batch != null) {
          channel.recycle(batch);
        }
      }
    }

    /** Goes on if it can, uses the credit up, and sleeps. */
    @Actor
    public void producer() {
      if (writer.resume()) {
        writer.emit("c", 3);
      }
      if (!writer.resume()) {
        producer.sleepUnless(writer::resumable);
      }
    }

    /** Gives the rest back and looks who sleeps. */
    @Arbiter
    public void end(Z_Result r) {
      for (Batch batch = channel.poll(); batch != null; batch = channel.poll()) {
        channel.recycle(batch);
      }
      r.r1 = producer.isAwake();
    }
  }

  /** After the end, what waited for credit is sent though the producer sleeps meanwhile. */
  @JCStressTest
  @State
  @Outcome(
      id = {"true, true", "true, false", "false, true"},
      expect = Expect.ACCEPTABLE,
      desc = "all was sent, or will be by another turn")
  @Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "the end is never sent")
  public static class ProducerDrains {
    private final Sleeper producer = new Sleeper();
    private final Channel channel = new Channel(ID, new ChannelSizes(1, 2), producer, NOBODY);
    private final ForwardRouter writer = new ForwardRouter(channel, new Credit());
    private final Batch taken;

    /** A channel without credit, whose end waits for it. */
    public ProducerDrains() {
      writer.resume();
      writer.emit("a", 1);
      writer.emit("b", 2);
      writer.end();
      taken = channel.poll();
    }

    /** Gives credit back. */
    @Actor
    public void consumer() {
      channel.recycle(taken);
    }

    /** Sends the rest, or sleeps. */
    @Actor
    public void producer(ZZ_Result r) {
      r.r1 = writer.drain();
      if (!r.r1) {
        producer.sleepUnless(writer::drainable);
      }
    }

    /** Looks who sleeps. */
    @Arbiter
    public void end(ZZ_Result r) {
      r.r2 = producer.isAwake();
    }
  }
}
