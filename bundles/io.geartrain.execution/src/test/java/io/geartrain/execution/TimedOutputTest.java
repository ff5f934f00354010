package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.DataStream;
import io.geartrain.api.Emitter;
import io.geartrain.api.KeyedContext;
import io.geartrain.api.KeyedProcessor;
import io.geartrain.api.KeyedStream;
import io.geartrain.api.Sink;
import io.geartrain.api.Timers;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.channel.ChannelSizes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * One watermark sets a result of each of many keys free: they leave as there is credit for them.
 */
class TimedOutputTest {
  private static final int KEYS = 50_000;
  private static final ChannelSizes SIZES = new ChannelSizes(32, 4);
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void shouldHandOnTheResultsOfAWindowAsThereIsCredit() {
    overdrawsNothing(keys -> windows(keys, Window.tumbling(LONG)));
  }

  @Test
  void shouldHandOnTheResultsOfSlidingWindowsAsThereIsCredit() {
    overdrawsNothing(keys -> windows(keys, Window.sliding(LONG, LONG)));
  }

  @Test
  void shouldHandOnSessionsAsThereIsCredit() {
    overdrawsNothing(keys -> windows(keys, Window.session(LONG)));
  }

  @Test
  void shouldHandOnResultsOverAllTimeAsThereIsCredit() {
    overdrawsNothing(keys -> windows(keys, Window.global()));
  }

  @Test
  void shouldCallTimersAsThereIsCredit() {
    overdrawsNothing(keys -> keys.process(Integer.class, AtTheEnd::new).id("timers"));
  }

  private static DataStream<Integer> windows(KeyedStream<Integer, Integer> keys, Window window) {
    return keys.window(window).count().id("count").map(Integer.class, Windowed::key);
  }

  private static void overdrawsNothing(
      Function<KeyedStream<Integer, Integer>, DataStream<Integer>> results) {
    AtomicLong written = new AtomicLong();
    AtomicLong sum = new AtomicLong();
    AtomicLong mostOverdrawn = new AtomicLong();
    Run[] run = new Run[1];
    Sink<Integer> sink =
        context ->
            (value, timestamp) -> {
              sum.addAndGet(value);
              if (written.incrementAndGet() % 100 == 0) {
                mostOverdrawn.accumulateAndGet(run[0].execution.overdrawnBatches(), Math::max);
              }
            };
    run[0] =
        Run.of(
            (streams, settings) -> {
              KeyedStream<Integer, Integer> keys =
                  streams
                      .from(ListSource.ints(0, KEYS, 2))
                      .eventTime(n -> 1_000L + n % 7, Duration.ofMillis(10))
                      .keyBy(Integer.class, n -> n);
              results.apply(keys).shuffle().to(sink);
            },
            2,
            SIZES,
            5);

    run[0].go();

    assertThat(run[0].outcomes.failed).isEmpty();
    assertThat(written).hasValue(KEYS);
    assertThat(sum).hasValue((long) KEYS * (KEYS - 1) / 2);
    assertThat(mostOverdrawn.get()).as("batches beyond the credit").isLessThanOrEqualTo(4);
  }

  private static final class AtTheEnd implements KeyedProcessor<Integer, Integer, Integer> {
    private KeyedContext<Integer> context;

    @Override
    public void open(KeyedContext<Integer> opened) {
      context = opened;
    }

    @Override
    public void process(Integer value, long timestamp, Emitter<Integer> out) {
      context.timers().onEventTime(timestamp + LONG.toMillis());
    }

    @Override
    public void onTimer(long timestamp, Timers.Domain domain, Emitter<Integer> out) {
      out.emit(context.key());
    }
  }
}
