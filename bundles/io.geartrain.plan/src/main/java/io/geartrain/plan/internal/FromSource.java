package io.geartrain.plan.internal;

import io.geartrain.api.EventTime;
import io.geartrain.api.Source;
import io.geartrain.api.SourceStream;
import io.geartrain.api.TimestampFunction;
import java.time.Duration;
import java.util.List;

/** The stream that leaves a source; on the thread that runs the definition. */
final class FromSource<T> extends Stream<T> implements SourceStream<T> {
  private final Declared<T> declared;

  private FromSource(StreamGraph graph, Step step, Class<T> type, Declared<T> declared) {
    super(graph, step, type);
    this.declared = declared;
  }

  static <T> FromSource<T> add(StreamGraph graph, Source<T> source) {
    Declared<T> declared = new Declared<>();
    Step step =
        graph.add(
            "source",
            List.of(),
            (to, id, tasks) -> to.source(id, source, declared.eventTime, tasks),
            false);
    return new FromSource<>(graph, step, source.type(), declared);
  }

  @Override
  public SourceStream<T> eventTime(TimestampFunction<? super T> timestamp, Duration lateness) {
    declared.eventTime = declared.eventTime.with(timestamp, lateness.toMillis());
    return this;
  }

  @Override
  public SourceStream<T> idleAfter(Duration time) {
    EventTime<T> before = declared.eventTime;
    declared.eventTime = new EventTime<>(before.timestamp(), before.latenessMs(), time.toMillis());
    return this;
  }

  @Override
  public SourceStream<T> id(String id) {
    super.id(id);
    return this;
  }

  @Override
  public SourceStream<T> parallelism(int tasks) {
    super.parallelism(tasks);
    return this;
  }

  @Override
  public SourceStream<T> blocking() {
    super.blocking();
    return this;
  }

  /** What the calls that follow say of the source. */
  private static final class Declared<T> {
    private EventTime<T> eventTime = EventTime.ofReader();
  }
}
