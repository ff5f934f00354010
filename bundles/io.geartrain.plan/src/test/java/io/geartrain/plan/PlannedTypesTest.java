package io.geartrain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.Aggregator;
import io.geartrain.api.DefinitionException;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Partitioner;
import io.geartrain.api.Settings;
import io.geartrain.api.Sink;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Topology;
import io.geartrain.api.Window;
import io.geartrain.codec.TypeDictionary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannedTypesTest {
  private static final Sink<Object> NOWHERE = context -> (value, timestamp) -> {};

  record Bid(long auction, Currency currency) {}

  enum Currency {
    EUR,
    USD
  }

  record Auction(long id) {}

  record Price(double amount) {}

  record Total(long sum) {}

  record Running(Total total, List<Price> prices) {}

  record Late(int by) {}

  record Extra(String text) {}

  /** As libraries have it: the parameters stand in the class above. */
  private abstract static class Summary<I, O> implements Aggregator<I, Running, O> {
    @Override
    public Running create() {
      return new Running(new Total(0), List.of());
    }

    @Override
    public Running merge(Running left, Running right) {
      return left;
    }
  }

  private static final class TotalOfBids extends Summary<Bid, Total> {
    @Override
    public Running add(Running accumulator, Bid value) {
      return accumulator;
    }

    @Override
    public Total result(Running accumulator) {
      return accumulator.total();
    }
  }

  private static List<String> types(StreamApplication app) {
    return plan(app, Map.of()).types().entries().stream()
        .map(TypeDictionary.Entry::name)
        .map(name -> name.substring(name.indexOf('$') + 1))
        .toList();
  }

  private static ExecutionPlan plan(StreamApplication app, Map<String, String> settings) {
    return Planner.plan("app", app, Settings.of(settings), 2);
  }

  @Test
  void shouldListWhatStepsNameAndWhatThatIsMadeOf() {
    assertThat(
            types(
                (streams, settings) ->
                    streams
                        .from(new Numbers())
                        .map(Bid.class, n -> new Bid(n, Currency.EUR))
                        .keyBy(Auction.class, bid -> new Auction(bid.auction()))
                        .count()
                        .id("count")
                        .to(NOWHERE)))
        .containsExactly("Auction", "Bid", "Currency");
  }

  @Test
  void shouldListAccumulatorsAndResultsOfAggregatorsThatAreClasses() {
    assertThat(
            types(
                (streams, settings) ->
                    streams
                        .from(new Numbers())
                        .map(Bid.class, n -> new Bid(n, Currency.EUR))
                        .keyBy(Long.class, Bid::auction)
                        .window(Window.tumbling(Duration.ofSeconds(1)))
                        .aggregate(new TotalOfBids())
                        .id("total")
                        .to(NOWHERE)))
        .containsExactly("Bid", "Currency", "Price", "Running", "Total");
  }

  @Test
  void shouldListSideOutputsAndWhatIsNamed() {
    assertThat(
            types(
                (streams, settings) -> {
                  streams.types(Extra.class);
                  var numbers = streams.from(new Numbers()).map(Integer.class, n -> n);
                  numbers.to(NOWHERE);
                  numbers.sideOutput(new OutputTag<>("late", Late.class)).to(NOWHERE);
                }))
        .containsExactly("Extra", "Late");
    assertThat(
            types(
                (streams, settings) ->
                    streams.use(
                        Topology.builder()
                            .types(Extra.class)
                            .source("in", new Numbers(), 1)
                            .sink("out", NOWHERE, 1)
                            .edge("in", "out", Partitioner.shuffle())
                            .build())))
        .containsExactly("Extra");
  }

  @Test
  void shouldRefuseTypesBesideATopology() {
    assertThatThrownBy(
            () ->
                types(
                    (streams, settings) -> {
                      streams.types(Extra.class);
                      streams.use(
                          Topology.builder()
                              .source("in", new Numbers(), 1)
                              .sink("out", NOWHERE, 1)
                              .edge("in", "out", Partitioner.shuffle())
                              .build());
                    }))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("Topology.builder()");
  }

  @Test
  void shouldHaveAnotherFingerprintWithOtherTypes() {
    StreamApplication one =
        (streams, settings) -> {
          streams.types(Extra.class);
          streams.from(new Numbers()).to(NOWHERE);
        };
    StreamApplication other =
        (streams, settings) -> {
          streams.types(Late.class);
          streams.from(new Numbers()).to(NOWHERE);
        };
    ExecutionPlan first = plan(one, Map.of());
    ExecutionPlan second = plan(other, Map.of());

    assertThat(first.fingerprint()).isNotEqualTo(second.fingerprint());
    assertThatThrownBy(() -> Planner.requireSame(first, second))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("Extra: record, text: java.lang.String");
  }

  @Test
  void shouldRefuseAWayOfChannelsThatIsNotThere() {
    StreamApplication app = (streams, settings) -> streams.from(new Numbers()).to(NOWHERE);
    assertThatThrownBy(() -> plan(app, Map.of(ChannelMode.SETTING, "pigeons")))
        .isInstanceOf(DefinitionException.class)
        .hasMessage("setting 'gear.channels' must be local or bytes, but is 'pigeons'");
    assertThat(ChannelMode.of(Settings.of(Map.of(ChannelMode.SETTING, "bytes"))))
        .isEqualTo(ChannelMode.BYTES);
  }
}
