package io.geartrain.channel;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A ring by itself, both ends on one thread: what a batch costs on its way, without any wait. */
@State(Scope.Thread)
public class RingBench {
  private final SpscRing<Object> ring = new SpscRing<>(8);
  private final Object thing = new Object();

  /** One there. */
  @Benchmark
  public Object offerAndPoll() {
    ring.offer(thing);
    return ring.poll();
  }
}
