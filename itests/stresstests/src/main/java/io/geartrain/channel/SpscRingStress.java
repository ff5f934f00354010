package io.geartrain.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A ring loses nothing, changes no order, and shows no element before what was written into it. */
public final class SpscRingStress {
  private SpscRingStress() {}

  /** What an element holds is written before it is offered, by a plain write. */
  static final class Box {
    int content;

    Box(int content) {
      this.content = content;
    }

    static int contentOf(Box box) {
      return box == null ? 0 : box.content;
    }
  }

  /** Two are offered while two are polled; what is left is polled afterwards. */
  @JCStressTest
  @State
  @Outcome(id = "0, 0, 1, 2", expect = Expect.ACCEPTABLE, desc = "both after")
  @Outcome(
      id = {"1, 0, 2, 0", "0, 1, 2, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "one during")
  @Outcome(id = "1, 2, 0, 0", expect = Expect.ACCEPTABLE, desc = "both during")
  @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, in another order, or not whole")
  public static class Order {
    private final SpscRing<Box> ring = new SpscRing<>(2);

    /** Offers. */
    @Actor
    public void producer() {
      ring.offer(new Box(1));
      ring.offer(new Box(2));
    }

    /** Polls. */
    @Actor
    public void consumer(IIII_Result r) {
      r.r1 = Box.contentOf(ring.poll());
      r.r2 = Box.contentOf(ring.poll());
    }

    /** Polls what is left. */
    @Arbiter
    public void rest(IIII_Result r) {
      r.r3 = Box.contentOf(ring.poll());
      r.r4 = Box.contentOf(ring.poll());
    }
  }

  /**
   * A full ring: a place is written again only once its element was taken. One offer may fail; what
   * was offered with success comes.
   */
  @JCStressTest
  @State
  @Outcome(
      id = {"0, 1, 2", "3, 1, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "the third was refused, or came after the others")
  @Outcome(expect = Expect.FORBIDDEN, desc = "a place was written over, or read before it was")
  public static class Wrap {
    private final SpscRing<Box> ring = new SpscRing<>(2);
    private boolean offered;

    /** A full ring. */
    public Wrap() {
      ring.offer(new Box(1));
      ring.offer(new Box(2));
    }

    /** Offers. */
    @Actor
    public void producer() {
      offered = ring.offer(new Box(3));
    }

    /** Polls. */
    @Actor
    public void consumer(III_Result r) {
      r.r2 = Box.contentOf(ring.poll());
      r.r3 = Box.contentOf(ring.poll());
    }

    /** Polls what was offered. */
    @Arbiter
    public void rest(III_Result r) {
      int third = Box.contentOf(ring.poll());
      r.r1 = third == (offered ? 3 : 0) ? third : -1;
    }
  }

  /** Things go round by two rings, as batches do: who gets one back sees it emptied. */
  @JCStressTest
  @State
  @Outcome(
      id = {"0, 0", "1, 0", "1, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "nothing yet, there, there and back")
  @Outcome(expect = Expect.FORBIDDEN, desc = "what an owner wrote was not seen by the next one")
  public static class ThereAndBack {
    private final SpscRing<Box> there = new SpscRing<>(2);
    private final SpscRing<Box> back = new SpscRing<>(2);

    /** Fills, and looks at what comes back. */
    @Actor
    public void producer(II_Result r) {
      Box box = new Box(0);
      box.content = 1;
      there.offer(box);
      r.r2 = Box.contentOf(back.poll());
    }

    /** Takes, and gives back. */
    @Actor
    public void consumer(II_Result r) {
      Box box = there.poll();
      r.r1 = Box.contentOf(box);
      if (box != null) {
        box.content = 2;
        back.offer(box);
      }
    }
  }

  /** Anybody may ask for the size at any time. */
  @JCStressTest
  @State
  @Outcome(
      id = {"0", "1", "2"},
      expect = Expect.ACCEPTABLE,
      desc = "a size that it may have had")
  @Outcome(expect = Expect.FORBIDDEN, desc = "a size that it can't have had")
  public static class Size {
    private final SpscRing<Box> ring = new SpscRing<>(2);

    /** A ring with one element. */
    public Size() {
      ring.offer(new Box(1));
    }

    /** Offers and polls. */
    @Actor
    public void owner() {
      ring.offer(new Box(2));
      ring.poll();
    }

    /** Asks. */
    @Actor
    public void observer(I_Result r) {
      r.r1 = ring.size();
    }
  }
}
