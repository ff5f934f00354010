package io.geartrain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpscRingTest {
  @Property
  void behavesAsABoundedQueue(
      @ForAll @IntRange(min = 1, max = 20) int capacity, @ForAll List<Boolean> offers) {
    SpscRing<Integer> ring = new SpscRing<>(capacity);
    Deque<Integer> model = new ArrayDeque<>();
    int next = 0;
    for (boolean offer : offers) {
      if (!offer) {
        assertThat(ring.poll()).isEqualTo(model.poll());
      } else if (ring.offer(next)) {
        model.add(next++);
      } else {
        assertThat(model).hasSizeGreaterThanOrEqualTo(capacity);
      }
      assertThat(ring.size()).isEqualTo(model.size());
      assertThat(ring.isEmpty()).isEqualTo(model.isEmpty());
    }
  }

  @Test
  void shouldKeepOrderBetweenTwoThreads() throws InterruptedException {
    int count = 500_000;
    SpscRing<Integer> ring = new SpscRing<>(8);
    Thread producer =
        new Thread(
            () -> {
              for (int i = 0; i < count; i++) {
                while (!ring.offer(i)) {
                  Thread.yield();
                }
              }
            });
    producer.start();

    int expected = 0;
    while (expected < count) {
      Integer taken = ring.poll();
      if (taken == null) {
        Thread.yield();
      } else if (taken == expected) {
        expected++;
      } else {
        throw new AssertionError("expected " + expected + ", but was " + taken);
      }
    }

    producer.join();
    assertThat(ring.isEmpty()).isTrue();
  }
}
