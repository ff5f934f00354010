package io.geartrain.connector.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.ReadStatus;
import io.geartrain.api.SourceSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GeneratorSourceTest {
  private final GeneratorSource<Long> numbers = GeneratorSource.of(Long.class, index -> index);

  @Test
  void shouldGiveItsOwnIndexesInEachSplitInOrder() throws Exception {
    GeneratorSource<Long> source = numbers.count(8).splitInto(3);

    List<Reading> splits = Reading.of(source, source.splits(1));

    for (Reading split : splits) {
      assertThat(split.drain()).isEqualTo(ReadStatus.END);
    }
    assertThat(splits)
        .extracting(Reading::values)
        .containsExactly(List.of(0L, 3L, 6L), List.of(1L, 4L, 7L), List.of(2L, 5L));
  }

  @Test
  void shouldGiveNoMoreThanItIsAskedFor() throws Exception {
    Reading split = new Reading(numbers, numbers.splitInto(1).splits(1).get(0));

    assertThat(split.poll(3)).isEqualTo(ReadStatus.MORE);

    assertThat(split.values()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void shouldNeverEndWithoutACount() throws Exception {
    Reading split = new Reading(numbers, numbers.splits(1).get(5));

    for (int i = 0; i < 10_000; i++) {
      assertThat(split.poll(10)).isEqualTo(ReadStatus.MORE);
    }

    assertThat(split.values()).hasSize(100_000).endsWith(5 + 16 * 99_999L);
  }

  @Test
  void shouldEndAtOnceWithoutRecords() throws Exception {
    GeneratorSource<Long> none = numbers.count(0);

    for (Reading split : Reading.of(none, none.splits(1))) {
      assertThat(split.poll(1)).isEqualTo(ReadStatus.END);
      assertThat(split.values()).isEmpty();
    }
  }

  @Test
  void shouldGiveEachIndexOnceHoweverOftenItIsRestored() throws Exception {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int count = random.nextInt(300);
      GeneratorSource<Long> source = numbers.count(count).splitInto(1 + random.nextInt(20));
      List<SourceSplit> splits = source.splits(2);
      List<Long> given = new ArrayList<>();

      while (!splits.isEmpty()) {
        source.validateRemaining(splits);
        List<SourceSplit> left = new ArrayList<>();
        for (SourceSplit split : splits) {
          Reading reading = new Reading(source, split);
          if (!(reading.poll(random.nextInt(30)) instanceof ReadStatus.End)) {
            left.add(reading.remaining());
            assertThat(left.get(left.size() - 1).id()).isEqualTo(split.id());
          }
          given.addAll(reading.values());
        }
        splits = left;
      }

      assertThat(given.stream().sorted().toList())
          .as("seed %d", seed)
          .isEqualTo(LongStream.range(0, count).boxed().toList());
    }
  }

  @Test
  void shouldGoOnWithTheSplitsThatItHad() throws Exception {
    GeneratorSource<Long> before = numbers.count(6).splitInto(2);
    Reading split = new Reading(before, before.splits(1).get(1));
    split.poll(1);

    Reading after = new Reading(before.splitInto(5), split.remaining());

    assertThat(after.drain()).isEqualTo(ReadStatus.END);
    assertThat(split.values()).containsExactly(1L);
    assertThat(after.values()).containsExactly(3L, 5L);
  }

  @Test
  void shouldGoOnOnlyWithWhatAGeneratorOfTheSameCountLeft() {
    List<SourceSplit> left = numbers.count(100).splits(1);

    numbers.count(100).splitInto(3).ratePerSecond(5).validateRemaining(left);
    assertThatThrownBy(() -> numbers.count(200).validateRemaining(left))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the generator was one of 100 records and is now one of 200 records; give it the count"
                + " that it had, or begin anew");
    assertThatThrownBy(() -> numbers.validateRemaining(left)).hasMessageContaining("now endless");
    List<SourceSplit> foreign = List.of(new SourceSplit("a.txt@0", Map.of("start", "0")));
    assertThatThrownBy(() -> numbers.validateRemaining(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the split 'a.txt@0' is none of a generator");
  }

  @Test
  void shouldNameTheIndexAtWhichTheFunctionFails() {
    GeneratorSource<Long> throwing =
        GeneratorSource.of(Long.class, index -> 7 / (3 - index)).splitInto(1);
    GeneratorSource<Long> empty =
        GeneratorSource.of(Long.class, index -> index == 2 ? null : index).splitInto(1);

    assertThatThrownBy(() -> new Reading(throwing, throwing.splits(1).get(0)).poll(10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the generator failed at index 3: java.lang.ArithmeticException")
        .hasCauseInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new Reading(empty, empty.splits(1).get(0)).poll(10))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the generator gave null for index 2");
  }

  @Test
  void shouldRefuseNonsense() {
    assertRefused(() -> numbers.count(-1), "-1 records");
    assertRefused(() -> numbers.ratePerSecond(0), "a rate of 0.0");
    assertRefused(() -> numbers.ratePerSecond(-2.5), "a rate of -2.5");
    assertRefused(() -> numbers.ratePerSecond(Double.NaN), "a rate of NaN");
    assertRefused(() -> numbers.ratePerSecond(Double.POSITIVE_INFINITY), "a rate of Infinity");
    assertRefused(() -> numbers.splitInto(0), "split into 0");
    assertRefused(() -> numbers.splitInto(65_537), "split into 65537");
    assertThatThrownBy(() -> GeneratorSource.of(null, index -> "a"))
        .hasMessageStartingWith("type is null");
    assertThatThrownBy(() -> GeneratorSource.of(String.class, null))
        .hasMessageStartingWith("generator is null");
    assertThatThrownBy(() -> numbers.clock(null)).hasMessageStartingWith("clock is null");
  }

  private static void assertRefused(Runnable call, String value) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(value);
  }
}
