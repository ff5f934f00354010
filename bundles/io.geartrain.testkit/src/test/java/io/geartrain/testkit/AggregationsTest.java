package io.geartrain.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.DataStream;
import io.geartrain.api.Keyed;
import io.geartrain.api.KeyedStream;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the ready-made aggregations hand on, after each record and by window. */
class AggregationsTest {
  record Sale(long time, String shop, String items, long cents) {
    Sale with(Sale later) {
      return new Sale(time, shop, items + later.items, cents + later.cents);
    }
  }

  private static final Comparator<Sale> BY_PRICE = Comparator.comparingLong(Sale::cents);
  private static final Sale A5 = new Sale(1, "a", "p", 5);
  private static final Sale B7 = new Sale(2, "b", "q", 7);
  private static final Sale A3 = new Sale(3, "a", "r", 3);
  private static final Sale A3_TOO = new Sale(4, "a", "s", 3);
  private static final Sale A9 = new Sale(6, "a", "t", 9);
  private static final Sale A9_TOO = new Sale(7, "a", "u", 9);
  private static final Sale A4 = new Sale(12, "a", "v", 4);
  private static final Sale[] SALES = {A5, B7, A3, A3_TOO, A9, A9_TOO, A4};

  @Test
  void shouldHandOnTheLeastAndTheFirstAmongEqualsAfterEachRecord() {
    assertThat(valuesOf(sales -> sales.min(BY_PRICE)))
        .containsExactly(a(A5), b(B7), a(A3), a(A3), a(A3), a(A3), a(A3));
  }

  @Test
  void shouldHandOnTheGreatestAndTheFirstAmongEqualsAfterEachRecord() {
    assertThat(valuesOf(sales -> sales.max(BY_PRICE)))
        .containsExactly(a(A5), b(B7), a(A5), a(A5), a(A9), a(A9), a(A9));
  }

  @Test
  void shouldHandOnTheSumAfterEachRecord() {
    assertThat(valuesOf(sales -> sales.sum(Sale::cents)))
        .containsExactly(a(5L), b(7L), a(8L), a(11L), a(20L), a(29L), a(33L));
  }

  @Test
  void shouldReduceInTheOrderOfTheRecords() {
    assertThat(valuesOf(sales -> sales.reduce(Sale::with)))
        .extracting(sale -> sale.value().items() + " " + sale.value().cents())
        .containsExactly("p 5", "q 7", "pr 8", "prs 11", "prst 20", "prstu 29", "prstuv 33");
  }

  @Test
  void shouldGiveOneResultForEachTumblingWindow() {
    Window window = Window.tumbling(Duration.ofMillis(10));

    assertThat(valuesOf(sales -> sales.window(window).min(BY_PRICE)))
        .containsExactlyInAnyOrder(a(0, 10, A3), b(0, 10, B7), a(10, 20, A4));
    assertThat(valuesOf(sales -> sales.window(window).max(BY_PRICE)))
        .containsExactlyInAnyOrder(a(0, 10, A9), b(0, 10, B7), a(10, 20, A4));
    assertThat(valuesOf(sales -> sales.window(window).sum(Sale::cents)))
        .containsExactlyInAnyOrder(a(0, 10, 29L), b(0, 10, 7L), a(10, 20, 4L));
    assertThat(valuesOf(sales -> sales.window(window).reduce(Sale::with)))
        .extracting(sale -> sale.start() + " " + sale.value().items())
        .containsExactlyInAnyOrder("0 prstu", "0 q", "10 v");
  }

  @Test
  void shouldPutSlidingWindowsTogetherInTheOrderOfTheRecords() {
    Window window = Window.sliding(Duration.ofMillis(10), Duration.ofMillis(5));

    assertThat(valuesOf(sales -> sales.window(window).min(BY_PRICE)))
        .containsExactlyInAnyOrder(
            a(-5, 5, A3), b(-5, 5, B7), a(0, 10, A3), b(0, 10, B7), a(5, 15, A4), a(10, 20, A4));
    assertThat(valuesOf(sales -> sales.window(window).max(BY_PRICE)))
        .filteredOn(sale -> sale.key().equals("a"))
        .containsExactly(a(-5, 5, A5), a(0, 10, A9), a(5, 15, A9), a(10, 20, A4));
    assertThat(valuesOf(sales -> sales.window(window).sum(Sale::cents)))
        .filteredOn(sale -> sale.key().equals("a"))
        .containsExactly(a(-5, 5, 11L), a(0, 10, 29L), a(5, 15, 22L), a(10, 20, 4L));
    assertThat(valuesOf(sales -> sales.window(window).reduce(Sale::with)))
        .extracting(sale -> sale.start() + " " + sale.value().items())
        .containsExactlyInAnyOrder("-5 prs", "-5 q", "0 prstu", "0 q", "5 tuv", "10 v");
  }

  @Test
  void shouldGiveOneResultForEachSession() {
    Window window = Window.session(Duration.ofMillis(5));

    assertThat(valuesOf(sales -> sales.window(window).min(BY_PRICE)))
        .containsExactlyInAnyOrder(a(1, 12, A3), b(2, 7, B7), a(12, 17, A4));
    assertThat(valuesOf(sales -> sales.window(window).max(BY_PRICE)))
        .containsExactlyInAnyOrder(a(1, 12, A9), b(2, 7, B7), a(12, 17, A4));
    assertThat(valuesOf(sales -> sales.window(window).sum(Sale::cents)))
        .containsExactlyInAnyOrder(a(1, 12, 29L), b(2, 7, 7L), a(12, 17, 4L));
    assertThat(valuesOf(sales -> sales.window(window).reduce(Sale::with)))
        .extracting(sale -> sale.start() + " " + sale.value().items())
        .containsExactlyInAnyOrder("1 prstu", "2 q", "12 v");
  }

  @Test
  void shouldGiveTheSameByWindowWithManyTasksAndSplits() {
    Window window = Window.tumbling(Duration.ofMillis(20));
    Comparator<Long> order = Comparator.naturalOrder();
    for (long seed = 0; seed < 20; seed++) {
      assertDrawn(seed, Math::min, numbers -> numbers.window(window).min(order));
      assertDrawn(seed, Math::max, numbers -> numbers.window(window).max(order));
      assertDrawn(seed, Long::sum, numbers -> numbers.window(window).sum(n -> n));
      assertDrawn(seed, (l, r) -> l ^ r, numbers -> numbers.window(window).reduce((l, r) -> l ^ r));
    }
  }

  private static void assertDrawn(
      long seed,
      BinaryOperator<Long> operator,
      Function<KeyedStream<Long, Long>, DataStream<Windowed<Long, Long>>> step) {
    Random random = new Random(seed);
    ScriptedSource<Long> numbers = ScriptedSource.of(Long.class);
    Map<String, Long> expected = new TreeMap<>();
    for (int time = 0; time < 200; time++) {
      long number = random.nextInt(1_000);
      numbers.split("s" + random.nextInt(3)).record(number, time);
      expected.merge(number % 5 + "@" + time / 20 * 20, number, operator);
    }
    CollectingSink<Windowed<Long, Long>> out = new CollectingSink<>();

    TopologyTest.of(
            (streams, settings) ->
                step.apply(streams.from(numbers).keyBy(Long.class, n -> n % 5)).id("step").to(out))
        .parallelism(2)
        .seed(seed)
        .run();

    Map<String, Long> actual = new TreeMap<>();
    out.values().forEach(result -> actual.put(result.key() + "@" + result.start(), result.value()));
    assertThat(actual).as("seed " + seed).isEqualTo(expected);
    assertThat(out.values()).as("seed " + seed).hasSize(expected.size());
  }

  private static <R> List<R> valuesOf(Function<KeyedStream<String, Sale>, DataStream<R>> step) {
    CollectingSink<R> out = new CollectingSink<>();
    TopologyTest.of(
            (streams, settings) -> {
              var sales =
                  streams
                      .from(ScriptedSource.of(Sale.class, SALES))
                      .eventTime(Sale::time, Duration.ZERO)
                      .keyBy(String.class, Sale::shop);
              step.apply(sales).id("step").to(out);
            })
        .run();
    return out.values();
  }

  private static <V> Keyed<String, V> a(V value) {
    return new Keyed<>("a", value);
  }

  private static <V> Keyed<String, V> b(V value) {
    return new Keyed<>("b", value);
  }

  private static <V> Windowed<String, V> a(long start, long end, V value) {
    return new Windowed<>("a", start, end, value);
  }

  private static <V> Windowed<String, V> b(long start, long end, V value) {
    return new Windowed<>("b", start, end, value);
  }
}
