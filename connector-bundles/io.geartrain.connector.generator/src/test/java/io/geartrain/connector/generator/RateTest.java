package io.geartrain.connector.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.ReadStatus;
import io.geartrain.api.SourceSplit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RateTest {
  private final SetClock clock = new SetClock();
  private final GeneratorSource<Long> numbers =
      GeneratorSource.of(Long.class, index -> index).clock(clock);

  @Test
  void shouldKeepTheRateEvenlyOverAllSplits() throws Exception {
    GeneratorSource<Long> source = numbers.ratePerSecond(100).splitInto(7);
    List<Reading> splits = Reading.of(source, source.splits(1));

    for (int ms = 0; ms <= 3_000; ms++) {
      assertThat(readAll(splits)).as("after %d ms", ms).hasSize(1 + ms / 10);
      clock.advance(Duration.ofMillis(1));
    }

    assertThat(readAll(splits)).isEqualTo(LongStream.rangeClosed(0, 300).boxed().toList());
  }

  @Test
  void shouldKeepARateOfManyInAMillisecond() throws Exception {
    GeneratorSource<Long> source = numbers.ratePerSecond(3_000_000);
    List<Reading> splits = Reading.of(source, source.splits(1));
    readAll(splits);

    clock.advance(Duration.ofSeconds(1));

    assertThat(readAll(splits)).hasSizeBetween(2_999_999, 3_000_001);
  }

  @Test
  void shouldSayUntilWhenThereIsNothing() throws Exception {
    GeneratorSource<Long> source = numbers.ratePerSecond(10).splitInto(2);
    Reading second = new Reading(source, source.splits(1).get(1));

    assertThat(second.poll(5)).isEqualTo(ReadStatus.idle(100));
    clock.advance(Duration.ofMillis(30).plusNanos(1));
    assertThat(second.poll(5)).isEqualTo(ReadStatus.idle(70));
    assertThat(second.values()).isEmpty();
    clock.advance(Duration.ofMillis(70));
    assertThat(second.poll(5)).isEqualTo(ReadStatus.idle(200));
    assertThat(second.values()).containsExactly(1L);
  }

  @Test
  void shouldWaitHoweverSlowTheRate() throws Exception {
    GeneratorSource<Long> source = numbers.ratePerSecond(1e-12).splitInto(1);
    Reading split = new Reading(source, source.splits(1).get(0));

    ReadStatus status = split.poll(5);

    assertThat(split.values()).containsExactly(0L);
    assertThat(status)
        .isInstanceOfSatisfying(
            ReadStatus.Idle.class,
            idle -> assertThat(idle.retryAfterMs()).isGreaterThan(Duration.ofDays(365).toMillis()));
  }

  @Test
  void shouldCatchUpWhenItIsLate() throws Exception {
    GeneratorSource<Long> source = numbers.ratePerSecond(100).splitInto(1);
    Reading split = new Reading(source, source.splits(1).get(0));
    split.poll(16);

    clock.advance(Duration.ofSeconds(5));

    assertThat(split.poll(16)).isEqualTo(ReadStatus.MORE);
    assertThat(split.drain()).isEqualTo(ReadStatus.idle(10));
    assertThat(split.values()).hasSize(501);
  }

  @Test
  void shouldEndAfterTheLastRecordWithoutWaiting() throws Exception {
    GeneratorSource<Long> source = numbers.ratePerSecond(1).count(2).splitInto(1);
    Reading split = new Reading(source, source.splits(1).get(0));
    split.poll(16);

    clock.advance(Duration.ofSeconds(1));

    assertThat(split.poll(16)).isEqualTo(ReadStatus.END);
    assertThat(split.values()).containsExactly(0L, 1L);
  }

  @Test
  void shouldGoOnAtTheSameRateWithoutARushAfterARestart() throws Exception {
    GeneratorSource<Long> source = numbers.ratePerSecond(10).splitInto(5);
    List<Reading> splits = Reading.of(source, source.splits(1));
    clock.advance(Duration.ofMillis(250));
    assertThat(readAll(splits)).containsExactly(0L, 1L, 2L);

    List<SourceSplit> left = remaining(splits);
    clock.advance(Duration.ofHours(1));
    List<Reading> again = Reading.of(source, left);

    assertThat(readAll(again)).isEmpty();
    clock.advance(Duration.ofMillis(50));
    assertThat(readAll(again)).containsExactly(3L);
    clock.advance(Duration.ofMillis(950));
    assertThat(readAll(again)).isEqualTo(LongStream.rangeClosed(3, 12).boxed().toList());
  }

  @Test
  void shouldNotMakeUpAfterARestartForWhatWasLateBefore() throws Exception {
    GeneratorSource<Long> source = numbers.ratePerSecond(10).splitInto(1);
    List<Reading> splits = Reading.of(source, source.splits(1));
    clock.advance(Duration.ofSeconds(100));

    List<Reading> again = Reading.of(source, remaining(splits));
    clock.advance(Duration.ofSeconds(1));

    assertThat(readAll(again)).hasSize(11);
  }

  @Test
  void shouldNotWaitLongerThanANewRateSays() throws Exception {
    GeneratorSource<Long> slow = numbers.ratePerSecond(0.001).splitInto(1);
    List<Reading> splits = Reading.of(slow, slow.splits(1));
    readAll(splits);

    List<Reading> again = Reading.of(slow.ratePerSecond(10), remaining(splits));
    clock.advance(Duration.ofMillis(100));

    assertThat(readAll(again)).containsExactly(1L);
  }

  private static List<SourceSplit> remaining(List<Reading> splits) throws Exception {
    List<SourceSplit> left = new ArrayList<>();
    for (Reading split : splits) {
      left.add(split.remaining());
    }
    return left;
  }

  /** All that the splits have given so far, sorted. */
  private static List<Long> readAll(List<Reading> splits) throws Exception {
    List<Long> all = new ArrayList<>();
    for (Reading split : splits) {
      assertThat(split.drain()).isInstanceOf(ReadStatus.Idle.class);
      all.addAll(split.values());
    }
    return all.stream().sorted().toList();
  }

  /** Stands still unless it is moved. */
  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-02-03T04:05:06Z");

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
