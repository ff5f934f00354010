package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Sink;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Window;
import io.geartrain.channel.KeyGroup;
import io.geartrain.plan.KeyGroups;
import io.geartrain.state.Manifest;
import io.geartrain.state.MemoryCheckpointStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two tasks of a step with windows had come to different times when a checkpoint was taken, as may
 * be where splits are idle at times: one had closed a window that was open in the other.
 */
class UnevenWindowsTest {
  private static final int BEHIND = keyOf(0);
  private static final int AHEAD = keyOf(1);
  private static final int NOBODY = -1;

  /** What the tasks that are behind and ahead have seen, and what comes after the restore. */
  private static final List<Event> EVENTS =
      List.of(
          new Event(BEHIND, 50),
          new Event(AHEAD, 50),
          new Event(BEHIND, 150),
          new Event(AHEAD, 150),
          new Event(NOBODY, 160),
          new Event(NOBODY, 250),
          new Event(BEHIND, 190),
          new Event(AHEAD, 190),
          new Event(BEHIND, 270),
          new Event(AHEAD, 270),
          new Event(NOBODY, 350));

  private final MemoryCheckpointStore store = new MemoryCheckpointStore();
  private final List<String> results = new ArrayList<>();

  record Event(int key, long time) {}

  @Test
  void shouldCloseEachWindowOnceAfterARestore() {
    closesEachWindowOnce(2);
  }

  @Test
  void shouldCloseEachWindowOnceWhereOneTaskTakesBothOver() {
    closesEachWindowOnce(1);
  }

  @Test
  void shouldCloseEachWindowOnceWhereMoreTasksTakeThemOver() {
    closesEachWindowOnce(3);
  }

  private void closesEachWindowOnce(int tasksAfterwards) {
    Manifest early = checkpointAfter(5, 2, 1, null);
    assertThat(results).containsExactlyInAnyOrder("behind 0: 1", "ahead 0: 1");
    results.clear();
    Manifest late = checkpointAfter(6, 2, 1, null);
    assertThat(results).contains("behind 100: 1", "ahead 100: 1");
    results.clear();

    Manifest still = checkpointAfter(6, tasksAfterwards, 2, mixed(early, late));
    assertThat(results).isEmpty();
    checkpointAfter(EVENTS.size(), 2, 3, still);

    assertThat(results).containsExactlyInAnyOrder("behind 100: 2", "behind 200: 1", "ahead 200: 1");
  }

  private static int keyOf(int task) {
    int[] owners = KeyGroups.owners(KeyGroups.DEFAULT_COUNT, 2);
    return IntStream.iterate(0, key -> key + 1)
        .filter(key -> owners[KeyGroup.spread(key) & KeyGroups.DEFAULT_COUNT - 1] == task)
        .findFirst()
        .orElseThrow();
  }

  /** The task that is behind as it was early, all else as it was late. */
  private static Manifest mixed(Manifest early, Manifest late) {
    List<Manifest.TaskFile> parts = new ArrayList<>();
    early.tasks().stream().filter(part -> part.task().equals("count/0")).forEach(parts::add);
    late.tasks().stream().filter(part -> !part.task().equals("count/0")).forEach(parts::add);
    assertThat(parts).hasSameSizeAs(late.tasks());
    return new Manifest("app-1", 1, 1, 1, late.fingerprint(), 0, false, parts);
  }

  /** Reads so many events, and has a checkpoint taken. */
  private Manifest checkpointAfter(int events, int tasks, long checkpoint, Manifest restored) {
    CheckpointedRun run = new CheckpointedRun(application(events, tasks), tasks, store, restored);
    run.turns(1_000);
    Manifest manifest = run.checkpointAndHold(checkpoint);
    assertThat(run.failed).isEmpty();
    return manifest;
  }

  private StreamApplication application(int events, int tasks) {
    Sink<String> sink = context -> (value, timestamp) -> results.add(value);
    return (streams, settings) ->
        streams
            .from(new Script(events))
            .eventTime(Event::time, Duration.ZERO)
            .id("in")
            .parallelism(1)
            .filter(event -> event.key() != NOBODY)
            .keyBy(Integer.class, Event::key)
            .window(Window.tumbling(Duration.ofMillis(100)))
            .count()
            .id("count")
            .parallelism(tasks)
            .map(
                String.class,
                w -> (w.key() == BEHIND ? "behind " : "ahead ") + w.start() + ": " + w.value())
            .to(sink)
            .id("out");
  }

  /** The first events, and then nothing more. */
  private record Script(int events) implements Source<Event> {
    @Override
    public Class<Event> type() {
      return Event.class;
    }

    @Override
    public List<SourceSplit> splits(int parallelism) {
      return List.of(new SourceSplit("all", Map.of("at", "0")));
    }

    @Override
    public SplitReader<Event> open(SourceSplit split, ProcessorContext context) {
      int[] at = {Integer.parseInt(split.attributes().get("at"))};
      return new SplitReader<>() {
        @Override
        public ReadStatus poll(Emitter<Event> out, int max) {
          for (int i = 0; i < max && at[0] < events; i++) {
            out.emit(EVENTS.get(at[0]++));
          }
          return ReadStatus.idle(3_600_000);
        }

        @Override
        public SourceSplit remaining() {
          return new SourceSplit("all", Map.of("at", "" + at[0]));
        }
      };
    }
  }
}
