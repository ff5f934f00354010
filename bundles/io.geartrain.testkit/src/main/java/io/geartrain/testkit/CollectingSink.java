package io.geartrain.testkit;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what is written to it, in the order of its coming, at once: before the input has ended too.
 * On the thread of the test.
 *
 * @param <T> type of the records
 */
public final class CollectingSink<T> implements Sink<T> {
  /**
   * A record that was written.
   *
   * @param timestamp its event time in ms
   * @param task which of the sink's tasks wrote it
   */
  public record Written<T>(T value, long timestamp, int task) {}

  private final List<Written<T>> written = new ArrayList<>();
  private int taken;
  private int finished;

  /** All records. */
  public List<T> values() {
    return written.stream().map(Written::value).toList();
  }

  /** All records, with their timestamps. */
  public List<Written<T>> written() {
    return List.copyOf(written);
  }

  /** The records that have come since the last call. */
  public List<T> take() {
    List<T> fresh = written.subList(taken, written.size()).stream().map(Written::value).toList();
    taken = written.size();
    return fresh;
  }

  /** How many of the sink's tasks were told that the input has ended. */
  public int finishedTasks() {
    return finished;
  }

  @Override
  public SinkWriter<T> open(ProcessorContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(T value, long timestamp) {
        written.add(new Written<>(value, timestamp, context.taskIndex()));
      }

      @Override
      public String finish() {
        finished++;
        return null;
      }
    };
  }
}
