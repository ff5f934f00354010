package io.geartrain.executor.apps;

import io.geartrain.api.Blocking;
import io.geartrain.api.Emitter;
import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Settings;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Applications for the tests; loaded by a class loader of their own. */
public final class Apps {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private Apps() {}

  /** The numbers from 0, their remainders by 10 counted. */
  public static final class Counting implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      streams
          .from(new Numbers(settings.getLong("numbers", 1_000)))
          .id("numbers")
          .parallelism(settings.getInt("parallelism", 1))
          .keyBy(Long.class, n -> n % 10)
          .count()
          .id("count")
          .parallelism(settings.getInt("parallelism", 1))
          .to(new Publishing<>())
          .id("out");
    }
  }

  /** Numbers through a step that springs a trap at one of them. */
  public static final class Trapped implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      String trap = settings.get("trap");
      streams
          .from(new Numbers(1_000))
          .id("numbers")
          .parallelism(1)
          .map(Object.class, n -> trap.equals("value") && n == 37 ? new Unprintable() : n)
          .id("wrap")
          .shuffle()
          .map(Object.class, n -> spring(trap, n))
          .id("trap")
          .parallelism(1)
          .to(new Publishing<>())
          .id("out");
    }
  }

  /** Numbers through a step whose every task blocks at once, and others past it. */
  public static final class Waiting implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      int tasks = settings.getInt("parallelism", 1);
      streams
          .from(new Numbers(1_000L * tasks))
          .id("numbers")
          .parallelism(1)
          .shuffle()
          .process(Long.class, Waiter::new)
          .id("wait")
          .parallelism(tasks)
          .to(new Publishing<>())
          .id("waited")
          .parallelism(1);
      streams
          .from(new Numbers(1_000L * tasks))
          .id("others")
          .parallelism(1)
          .shuffle()
          .map(Long.class, n -> n + Results.PASSED.incrementAndGet())
          .id("pass")
          .parallelism(2)
          .to(new Publishing<>())
          .id("passed");
    }
  }

  @Blocking
  private static final class Waiter implements Processor<Long, Long> {
    private boolean waited;

    @Override
    public void process(Long value, long timestamp, Emitter<Long> out) throws Exception {
      if (!waited) {
        waited = true;
        Results.blocked.countDown();
        Results.unblock.await();
      }
      out.emit(value);
    }
  }

  /** Numbers that never end. */
  public static final class Endless implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      streams
          .from(new Numbers(Long.MAX_VALUE))
          .id("numbers")
          .parallelism(1)
          .to(new Publishing<>())
          .id("out");
    }
  }

  /** Numbers that never end, counted in a step with state, shown by two phases. */
  public static final class Steady implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      streams
          .from(new Numbers(Long.MAX_VALUE))
          .id("numbers")
          .parallelism(1)
          .keyBy(Integer.class, n -> 0)
          .count()
          .id("count")
          .parallelism(1)
          .map(Long.class, count -> count.value())
          .id("value")
          .to(new TwoPhase())
          .id("out");
    }
  }

  /** Throws as it is told. */
  public static final class Throwing implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      throw new IllegalStateException("no luck");
    }
  }

  /** Throws what does not say what it is. */
  public static final class Silent implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      throw new Mute();
    }
  }

  /** Numbers through a step that throws what does not say what it is, when it is closed. */
  public static final class Sulking implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      streams
          .from(new Numbers(10))
          .id("numbers")
          .process(Long.class, Sulker::new)
          .id("sulk")
          .to(new Publishing<>())
          .id("out");
    }
  }

  private static final class Sulker implements Processor<Long, Long> {
    @Override
    public void process(Long value, long timestamp, Emitter<Long> out) {
      out.emit(value);
    }

    @Override
    public void close() {
      throw new Mute();
    }
  }

  /** Throws itself when it is asked. */
  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw this;
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw this;
    }
  }

  /** Misses a class. */
  public static final class Unlinked implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      throw new NoClassDefFoundError("com/example/Missing");
    }
  }

  /** Never returns unless interrupted. */
  public static final class Hanging implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) throws Exception {
      new CountDownLatch(1).await();
    }
  }

  /** Defines another graph each time. */
  public static final class Fickle implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      streams
          .from(new Numbers(1))
          .id("numbers" + RUNS.incrementAndGet())
          .to(new Publishing<>())
          .id("out");
    }
  }

  /** Reads what is not there. */
  public static final class Unreadable implements StreamApplication {
    @Override
    public void define(Streams streams, Settings settings) {
      streams.from(new Missing()).id("lines").to(new Publishing<>()).id("out");
    }
  }

  /** Is none. */
  public static final class NoApplication {}

  private static Object spring(String trap, Object value) throws Exception {
    if (value instanceof Unprintable) {
      throw new IllegalArgumentException("unprintable value");
    }
    if (trap.equals("value") || !value.equals(37L)) {
      return value;
    }
    Results.trapped.countDown();
    switch (trap) {
      case "throw" -> throw new IllegalArgumentException("bad number");
      case "linkage" -> throw new NoClassDefFoundError("com/example/Missing");
      case "overflow" -> overflow(0);
      case "block" -> new CountDownLatch(1).await();
      case "loop" -> loop();
      case "text" -> throw new UnprintableException();
      default -> throw new AssertionError(trap);
    }
    return value;
  }

  private static long overflow(long depth) {
    return 1 + overflow(depth + 1);
  }

  private static void loop() {
    while (!Results.endLoop) {
      Thread.onSpinWait();
    }
  }

  private static final class UnprintableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("not even this");
    }
  }

  private static final class Unprintable {
    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }
  }

  private record Numbers(long count) implements Source<Long> {
    @Override
    public Class<Long> type() {
      return Long.class;
    }

    @Override
    public List<SourceSplit> splits(int parallelism) {
      return List.of(new SourceSplit("all", Map.of()));
    }

    @Override
    public void validateRemaining(List<SourceSplit> left) {
      Results.LEFT.addAll(left);
      if (count == 0) {
        throw new IllegalArgumentException("no number is left");
      }
    }

    @Override
    public SplitReader<Long> open(SourceSplit split, ProcessorContext context) {
      return new SplitReader<>() {
        private long next = Long.parseLong(split.attributes().getOrDefault("next", "0"));

        @Override
        public SourceSplit remaining() {
          return new SourceSplit(split.id(), Map.of("next", Long.toString(next)));
        }

        @Override
        public ReadStatus poll(Emitter<Long> out, int max) {
          for (int i = 0; i < max && next < count; i++) {
            out.emit(next, next);
            next++;
          }
          return next < count ? ReadStatus.MORE : ReadStatus.END;
        }
      };
    }
  }

  private record Missing() implements Source<String> {
    @Override
    public Class<String> type() {
      return String.class;
    }

    @Override
    public List<SourceSplit> splits(int parallelism) throws Exception {
      throw new FileNotFoundException("/no/such/file");
    }

    @Override
    public SplitReader<String> open(SourceSplit split, ProcessorContext context) {
      throw new AssertionError("there are no splits");
    }
  }

  /** Prepares the greatest number that was written, and publishes it on commit. */
  private static final class TwoPhase implements Sink<Long> {
    @Override
    public void commit(String prepared) {
      Results.PUBLISHED.add(prepared);
    }

    @Override
    public SinkWriter<Long> open(ProcessorContext context) {
      return new SinkWriter<>() {
        private long greatest;

        @Override
        public void write(Long value, long timestamp) {
          greatest = value;
          Results.written = value;
        }

        @Override
        public String prepare(long checkpointId) {
          return checkpointId + ":" + greatest;
        }
      };
    }
  }

  private static final class Publishing<T> implements Sink<T> {
    @Override
    public SinkWriter<T> open(ProcessorContext context) {
      return new SinkWriter<>() {
        private final List<Object> held = new ArrayList<>();

        @Override
        public void write(T value, long timestamp) {
          if (held.size() < 100_000) {
            held.add(value.toString());
          }
        }

        @Override
        public String finish() {
          Results.PUBLISHED.addAll(held);
          return null;
        }

        @Override
        public void close() {
          Results.CLOSED.add(context.processorId() + "/" + context.taskIndex());
        }
      };
    }
  }
}
