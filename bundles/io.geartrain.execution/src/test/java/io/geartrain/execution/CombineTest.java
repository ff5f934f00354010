package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Sink;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.metrics.TaskMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Records of windows that are folded before they are sent, and sources held together in time. */
class CombineTest {
  record Bid(int auction, long time) {}

  private static List<List<Bid>> bids(int records, int auctions, long seed) {
    Random random = new Random(seed);
    List<List<Bid>> splits = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < records; i++) {
      splits.get(i % 2).add(new Bid(random.nextInt(auctions), i / 10));
    }
    return splits;
  }

  private static StreamApplication counts(
      List<List<Bid>> splits, Window window, Sink<Windowed<Integer, Long>> sink) {
    return (streams, settings) ->
        streams
            .from(new ListSource<>(Bid.class, splits, 0))
            .eventTime(Bid::time, Duration.ofMillis(10))
            .keyBy(Integer.class, Bid::auction)
            .window(window)
            .count()
            .id("count")
            .to(sink);
  }

  private static Map<String, Long> expected(List<List<Bid>> splits, long sizeMs) {
    Map<String, Long> counts = new TreeMap<>();
    splits.forEach(
        split ->
            split.forEach(
                bid -> counts.merge(bid.auction() + "@" + bid.time() / sizeMs, 1L, Long::sum)));
    return counts;
  }

  private static Map<String, Long> seen(CollectingSink<Windowed<Integer, Long>> sink, long sizeMs) {
    Map<String, Long> counts = new TreeMap<>();
    for (Windowed<Integer, Long> w : sink.visible) {
      String at = w.key() + "@" + (w.end() == Long.MAX_VALUE ? 0 : w.start() / sizeMs);
      assertThat(counts.put(at, w.value())).as(at).isNull();
    }
    return counts;
  }

  private static TaskMetrics task(Run run, String id) {
    return run.execution.metrics().stream()
        .filter(task -> task.taskId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static long crossed(Run run) {
    return task(run, "count/0").audited() + task(run, "count/1").audited();
  }

  private static long counted(Run run) {
    return task(run, "count/0").processors().get(0).recordsIn()
        + task(run, "count/1").processors().get(0).recordsIn();
  }

  @Test
  void shouldSendFewerThanItGetsAndCountAll() {
    int records = 40_000;
    List<List<Bid>> splits = bids(records, 50, 1);
    CollectingSink<Windowed<Integer, Long>> sink = new CollectingSink<>();

    Run run = Run.toRest(counts(splits, Window.tumbling(Duration.ofMillis(500)), sink), 2);

    assertThat(seen(sink, 500)).isEqualTo(expected(splits, 500));
    assertThat(counted(run)).isEqualTo(records);
    assertThat(crossed(run)).isBetween(8 * 50L, records / 10L);
  }

  @Test
  void shouldPassAllOnWhereFoldingDoesNotPay() {
    int records = 60_000;
    List<List<Bid>> splits = bids(records, Integer.MAX_VALUE, 2);
    CollectingSink<Windowed<Integer, Long>> sink = new CollectingSink<>();

    Run run = Run.toRest(counts(splits, Window.global(), sink), 2);

    assertThat(seen(sink, Long.MAX_VALUE)).isEqualTo(expected(splits, Long.MAX_VALUE));
    assertThat(counted(run)).isEqualTo(records);
    assertThat(crossed(run)).isBetween(records - 100L, (long) records);
  }

  @Test
  void shouldSendTheRecordsThemselvesWhereAccumulatorsGrow() {
    List<List<Bid>> splits = bids(2_000, 5, 3);
    CollectingSink<Windowed<Integer, Integer>> sink = new CollectingSink<>();
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(new ListSource<>(Bid.class, splits, 0))
                .eventTime(Bid::time, Duration.ofMillis(10))
                .keyBy(Integer.class, Bid::auction)
                .window(Window.tumbling(Duration.ofMillis(50)))
                .aggregate(new Gathering())
                .id("count")
                .to(sink);

    Run run = Run.toRest(app, 2);

    assertThat(sink.visible.stream().mapToInt(Windowed::value).sum()).isEqualTo(2_000);
    assertThat(crossed(run)).isEqualTo(2_000);
  }

  private static final class Gathering implements Aggregator<Bid, ArrayList<Bid>, Integer> {
    @Override
    public ArrayList<Bid> create() {
      return new ArrayList<>();
    }

    @Override
    public ArrayList<Bid> add(ArrayList<Bid> all, Bid bid) {
      all.add(bid);
      return all;
    }

    @Override
    public ArrayList<Bid> merge(ArrayList<Bid> left, ArrayList<Bid> right) {
      left.addAll(right);
      return left;
    }

    @Override
    public Integer result(ArrayList<Bid> all) {
      return all.size();
    }
  }

  @Test
  void shouldHoldBackTheSplitThatIsFarAheadInTime() {
    List<List<Bid>> splits = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < 20_000; i++) {
      splits.get(0).add(new Bid(0, i));
      splits.get(1).add(new Bid(1, 10L * i));
    }
    long[] newest = new long[2];
    long[] mostApart = new long[1];
    CollectingSink<Windowed<Integer, Long>> sink = new CollectingSink<>();
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(new ListSource<>(Bid.class, splits, 0))
                .eventTime(Bid::time, Duration.ZERO)
                .map(
                    Bid.class,
                    bid -> {
                      newest[bid.auction()] = bid.time();
                      if (newest[0] < 19_999) {
                        mostApart[0] = Math.max(mostApart[0], newest[1] - newest[0]);
                      }
                      return bid;
                    })
                .keyBy(Integer.class, Bid::auction)
                .window(Window.tumbling(Duration.ofMillis(100)))
                .count()
                .id("count")
                .to(sink);

    Run run = Run.of(app, 2, new ChannelSizes(16, 4), 5);
    run.go();

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(seen(sink, 100)).isEqualTo(expected(splits, 100));
    long aFewPolls = 10 * 16 * 10;
    assertThat(mostApart[0]).isBetween(100L, aFewPolls);
  }
}
