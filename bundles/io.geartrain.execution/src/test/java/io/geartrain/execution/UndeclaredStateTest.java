package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.KeyedContext;
import io.geartrain.api.KeyedProcessor;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.ValueState;
import io.geartrain.state.Manifest;
import io.geartrain.state.MemoryCheckpointStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application begins with a checkpoint of another version of it. */
class UndeclaredStateTest {
  private final MemoryCheckpointStore store = new MemoryCheckpointStore();
  private Manifest checkpoint;

  @BeforeEach
  void saveACount() {
    CheckpointedRun run = new CheckpointedRun(app("count"), 1, store, null);
    run.turns(20);
    checkpoint = run.checkpointAndHold();
    assertThat(run.failed).isEmpty();
  }

  @Test
  void shouldRefuseToLoseAStateThatHasAnotherNameNow() {
    CheckpointedRun next = new CheckpointedRun(app("number"), 1, store, checkpoint);
    next.turns(20);

    assertThat(next.failed).hasSize(1);
    TaskFailure failure = next.failed.values().iterator().next();
    assertThat(failure.processorId()).isEqualTo("counter");
    assertThat(failure.message()).contains("'counter'", "'count'", "--drop-state counter");
  }

  @Test
  void shouldGoOnWhereTheOldNameIsDeclaredToo() {
    CheckpointedRun next = new CheckpointedRun(app("number", "count"), 1, store, checkpoint);
    next.turns(20);

    assertThat(next.failed).isEmpty();
  }

  @Test
  void shouldGoOnWithoutTheStateOfAStepThatIsLeftOut() {
    CheckpointedRun next =
        new CheckpointedRun(app("number"), 1, store, checkpoint.without(List.of("counter")));
    next.turns(20);

    assertThat(next.failed).isEmpty();
  }

  private static StreamApplication app(String... states) {
    return (streams, settings) ->
        streams
            .from(ListSource.ints(0, 10_000, 1))
            .id("numbers")
            .keyBy(Integer.class, n -> n % 10)
            .process(Long.class, () -> new Counter(Arrays.asList(states)))
            .id("counter")
            .to(new CollectingSink<>());
  }

  private static final class Counter implements KeyedProcessor<Integer, Integer, Long> {
    private final List<String> names;
    private final List<ValueState<Long>> counts = new ArrayList<>();

    Counter(List<String> names) {
      this.names = names;
    }

    @Override
    public void open(KeyedContext<Integer> context) {
      names.forEach(name -> counts.add(context.valueState(name, Long.class)));
    }

    @Override
    public void process(Integer value, long timestamp, Emitter<Long> out) {
      counts.forEach(count -> count.set(count.get() == null ? 1 : count.get() + 1));
    }
  }
}
