package io.geartrain.testkit;

import io.geartrain.api.Settings;
import io.geartrain.api.Sink;
import io.geartrain.api.Source;
import io.geartrain.api.StreamApplication;
import io.geartrain.plan.ChannelMode;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Runs a whole application in memory, on the thread of the test, by the engine that runs it on a
 * node too: planned, cut into tasks, with channels between them. Time stands still unless the test
 * moves it, and a seed decides which task has its turn, so that every run can be repeated.
 *
 * <pre>{@code
 * CollectingSink<Object> counts = new CollectingSink<>();
 * TopologyTest.of(
 *         (streams, settings) ->
 *             streams
 *                 .from(ScriptedSource.of(String.class, "b", "a", "b"))
 *                 .keyBy(String.class, word -> word)
 *                 .count()
 *                 .id("count")
 *                 .to(counts))
 *     .run();
 * assertThat(counts.values())
 *     .containsExactly(new Keyed<>("b", 1L), new Keyed<>("a", 1L), new Keyed<>("b", 2L));
 * }</pre>
 *
 * <p>An application that names its own sources and sinks is tested as it is: {@link #source} and
 * {@link #sink} replace them by the ids of their steps.
 */
public final class TopologyTest {
  private final Supplier<? extends StreamApplication> application;
  private final Map<String, String> settings = new TreeMap<>();
  private final Replacement replacement = new Replacement();
  private int parallelism = 1;
  private long seed = 1;
  private ManualClock clock;

  private TopologyTest(Supplier<? extends StreamApplication> application) {
    this.application = Objects.requireNonNull(application, "application");
    String channels = System.getProperty(ChannelMode.SETTING);
    if (channels != null) {
      settings.put(ChannelMode.SETTING, channels);
    }
  }

  /** A test of an application of which each task gets its own instance, as on a node. */
  public static TopologyTest of(Supplier<? extends StreamApplication> application) {
    return new TopologyTest(application);
  }

  /** A test of an application without fields, such as a lambda. */
  public static TopologyTest of(StreamApplication application) {
    Objects.requireNonNull(application, "application");
    return new TopologyTest(() -> application);
  }

  /** Gives a setting, as {@code --set key=value} does. */
  public TopologyTest setting(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Gives settings. */
  public TopologyTest settings(Map<String, String> values) {
    settings.putAll(values);
    return this;
  }

  /** Puts a source of the test in the place of the application's; event time stays as defined. */
  public TopologyTest source(String id, Source<?> source) {
    replacement.source(id, Objects.requireNonNull(source, "source"));
    return this;
  }

  /** Puts a sink of the test in the place of the application's. */
  public TopologyTest sink(String id, Sink<?> sink) {
    replacement.sink(id, Objects.requireNonNull(sink, "sink"));
    return this;
  }

  /** How many tasks each step has that does not say so itself; 1 unless told. */
  public TopologyTest parallelism(int tasks) {
    parallelism = tasks;
    return this;
  }

  /**
   * Lets records pass from task to task as bytes, as they do between nodes: one of a type that
   * can't, or that the definition does not name, fails the run. The system property {@code
   * gear.channels=bytes} does so for all tests.
   */
  public TopologyTest channelsAsBytes() {
    return setting(ChannelMode.SETTING, "bytes");
  }

  /** Another order of turns: the same seed gives the same order. */
  public TopologyTest seed(long number) {
    seed = number;
    return this;
  }

  /**
   * Runs by this clock instead of one of its own, so that it may be given to user code before the
   * run starts. It is moved by the run alone.
   */
  public TopologyTest clock(ManualClock given) {
    clock = Objects.requireNonNull(given, "clock");
    return this;
  }

  /**
   * Runs to the end of all input; pauses of scripted sources are skipped.
   *
   * @throws TopologyFailure if a task fails
   * @throws io.geartrain.api.DefinitionException if the definition is wrong
   * @throws IllegalStateException if a source never ends; {@link #start} is for those
   */
  public void run() {
    try (TopologyRun run = start()) {
      run.toEnd();
    }
  }

  /**
   * Starts a run to be driven step by step; nothing is read before its first step.
   *
   * @throws io.geartrain.api.DefinitionException if the definition is wrong
   */
  public TopologyRun start() {
    return new TopologyRun(
        application,
        Settings.of(settings),
        replacement,
        parallelism,
        seed,
        clock == null ? new ManualClock() : clock);
  }
}
