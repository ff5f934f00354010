package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Aggregators;
import io.geartrain.api.Keyed;
import io.geartrain.api.Settings;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.execution.TaskFailure.Kind;
import io.geartrain.plan.ChannelMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What differs when records pass from task to task as bytes. */
class ChannelsAsBytesTest {
  record Bid(long time, Auction auction, int price) {}

  record Auction(int number) {}

  enum Verdict {
    LOW,
    HIGH
  }

  record Range(int least, int most) {}

  /** A mutable class, as nobody should send it. */
  static final class Basket {
    final List<Integer> prices = new ArrayList<>();
  }

  private static final Settings BYTES = Settings.of(Map.of(ChannelMode.SETTING, "bytes"));

  private static List<List<Bid>> bids() {
    List<List<Bid>> splits = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < 2_000; i++) {
      splits.get(i % 2).add(new Bid(i / 2, new Auction(i % 7), i % 100));
    }
    return splits;
  }

  private static ListSource<Bid> source() {
    return new ListSource<>(Bid.class, bids(), 0);
  }

  private static Run run(StreamApplication app) {
    Run run = Run.of(app, 2, BYTES, 1);
    run.go();
    return run;
  }

  private static TaskFailure failure(StreamApplication app) {
    Run run = run(app);
    assertThat(run.outcomes.failed).isNotEmpty();
    return run.outcomes.failed.values().iterator().next();
  }

  /** Folds into a record of two. */
  private static final class Ranging implements Aggregator<Bid, Range, Range> {
    @Override
    public Range create() {
      return new Range(Integer.MAX_VALUE, Integer.MIN_VALUE);
    }

    @Override
    public Range add(Range range, Bid bid) {
      return merge(range, new Range(bid.price(), bid.price()));
    }

    @Override
    public Range merge(Range a, Range b) {
      return new Range(Math.min(a.least(), b.least()), Math.max(a.most(), b.most()));
    }

    @Override
    public Range result(Range range) {
      return range;
    }

    @Override
    public boolean compact() {
      return true;
    }
  }

  private static void ranges(Streams streams, CollectingSink<Windowed<Auction, Range>> sink) {
    streams
        .from(source())
        .eventTime(Bid::time, Duration.ofMillis(10))
        .keyBy(Auction.class, Bid::auction)
        .window(Window.sliding(Duration.ofMillis(100), Duration.ofMillis(50)))
        .aggregate(new Ranging())
        .id("range")
        .to(sink);
  }

  @Test
  void shouldGiveTheSameResultsAsByReference() {
    CollectingSink<Windowed<Auction, Range>> byReference = new CollectingSink<>();
    CollectingSink<Windowed<Auction, Range>> asBytes = new CollectingSink<>();
    Run local = Run.of((streams, s) -> ranges(streams, byReference), 2, Settings.of(Map.of()), 1);
    local.go();
    Run bytes = run((streams, s) -> ranges(streams, asBytes));

    assertThat(bytes.outcomes.failed).isEmpty();
    assertThat(asBytes.visible).hasSize(7 * 21);
    assertThat(asBytes.visible).containsExactlyInAnyOrderElementsOf(byReference.visible);
  }

  @Test
  void shouldRefuseARecordOfAClassThatCantTravel() {
    TaskFailure failure =
        failure(
            (streams, settings) ->
                streams
                    .from(source())
                    .map(Basket.class, bid -> new Basket())
                    .id("basket")
                    .shuffle()
                    .to(new CollectingSink<>())
                    .id("out"));

    assertThat(failure.kind()).isEqualTo(Kind.TYPE);
    assertThat(failure.processorId()).isEqualTo("basket");
    assertThat(failure.value()).contains("Basket");
    assertThat(failure.timestamp()).isNotNull();
    assertThat(failure.message())
        .startsWith("edge 'basket' → 'out': a record can't leave as bytes: ")
        .contains(Basket.class.getName() + " can't be written: make it a record or an enum");
  }

  private static void verdicts(Streams streams, CollectingSink<Keyed<Auction, Verdict>> sink) {
    streams
        .from(source())
        .keyBy(Auction.class, Bid::auction)
        .fold(() -> Verdict.LOW, (verdict, bid) -> bid.price() > 50 ? Verdict.HIGH : Verdict.LOW)
        .id("verdict")
        .shuffle()
        .to(sink);
  }

  @Test
  void shouldRefuseATypeThatTheDefinitionDoesNotName() {
    TaskFailure failure = failure((streams, settings) -> verdicts(streams, new CollectingSink<>()));

    assertThat(failure.kind()).isEqualTo(Kind.TYPE);
    assertThat(failure.processorId()).isEqualTo("verdict");
    assertThat(failure.message())
        .contains("Verdict can't be written: the plan does not list it")
        .contains("streams.types(Verdict.class)");
  }

  @Test
  void shouldCarryATypeThatTheDefinitionNames() {
    CollectingSink<Keyed<Auction, Verdict>> sink = new CollectingSink<>();
    Run run =
        run(
            (streams, settings) -> {
              streams.types(Verdict.class);
              verdicts(streams, sink);
            });

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sink.visible).hasSize(2_000);
  }

  @Test
  void shouldGiveTheReceiverACopyOfItsOwn() {
    CollectingSink<Object> sink = new CollectingSink<>();
    List<Object> seen = new ArrayList<>();
    Run run =
        run(
            (streams, settings) ->
                streams
                    .from(source())
                    .map(
                        Bid.class,
                        bid -> {
                          seen.add(bid);
                          return bid;
                        })
                    .shuffle()
                    .to(sink));

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sink.visible).containsExactlyInAnyOrderElementsOf(seen);
    assertThat(sink.visible).noneMatch(bid -> seen.stream().anyMatch(other -> other == bid));
  }

  /** The test run that sets the property must not test channels by reference again. */
  @Test
  void shouldFollowThePropertyOfTheTestRun() {
    String asked = System.getProperty(ChannelMode.SETTING, "local");
    assertThat(ChannelMode.of(Run.settings()).name()).isEqualToIgnoringCase(asked);

    Object handle = new Object();
    CollectingSink<Object> sink = new CollectingSink<>();
    Run run =
        Run.toRest(
            (streams, settings) ->
                streams
                    .from(source())
                    .map(Object.class, bid -> handle)
                    .keyBy(Integer.class, any -> 1)
                    .aggregate(Aggregators.counting())
                    .id("count")
                    .to(sink),
            2);
    assertThat(run.outcomes.failed.isEmpty()).isEqualTo(asked.equals("local"));
  }
}
