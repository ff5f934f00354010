package io.geartrain.execution;

import com.sun.management.OperatingSystemMXBean;
import io.geartrain.api.Emitter;
import io.geartrain.api.Keyed;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.api.StreamApplication;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Incarnation;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.Planner;
import io.geartrain.state.MemoryCheckpointStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/**
 * Compares the engine on two threads with plain Java doing the same work: {@code main} starts a
 * fresh JVM for each side in turn, and prints the medians of the records per second and their
 * ratio. Not a test: a measure says something on a quiet machine only.
 *
 * <p>{@code words}: lines → split → running count by word → sink, against one thread with one hash
 * map. {@code shuffle}: two sources of ready-made messages → shuffle → two counting sinks, against
 * two bare threads that hand over arrays. {@code checkpoints}: {@code words} on both sides, the
 * engine's with a checkpoint into memory each second.
 */
final class EngineBench {
  private static final int PAIRS = 5;
  private static final long WARM_UP_CPU_NANOS = TimeUnit.SECONDS.toNanos(7);
  private static final long MEASURE_CPU_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private EngineBench() {}

  /** Without arguments: all workloads. With workload and side: one measure in this JVM. */
  public static void main(String[] args) throws Exception {
    if (args.length == 2) {
      Rate rate = measure(args[0], args[1]);
      System.out.printf("%.2f %.2f%n", rate.perSecond() / 1e6, rate.perCpuSecond() / 1e6);
      return;
    }
    for (String workload : args.length == 1 ? List.of(args[0]) : List.of("words", "shuffle")) {
      List<Rate> plain = new ArrayList<>();
      List<Rate> engine = new ArrayList<>();
      for (int i = 0; i < PAIRS; i++) {
        plain.add(fork(workload, "plain"));
        engine.add(fork(workload, "engine"));
      }
      print(workload, "second", plain, engine, Rate::perSecond);
      print(workload, "CPU second", plain, engine, Rate::perCpuSecond);
    }
  }

  private static void print(
      String workload,
      String unit,
      List<Rate> plain,
      List<Rate> engine,
      ToDoubleFunction<Rate> rate) {
    double one =
        plain.stream().mapToDouble(rate).sorted().skip(PAIRS / 2).findFirst().orElseThrow();
    double two =
        engine.stream().mapToDouble(rate).sorted().skip(PAIRS / 2).findFirst().orElseThrow();
    System.out.printf(
        "%s: M records per %s: plain %.2f, engine %.2f, ratio %.2f%n",
        workload, unit, one, two, two / one);
  }

  private static Rate fork(String workload, String side) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(System.getProperty("bench.jvm", "-Xmx1g -Xms1g").split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EngineBench.class.getName(), workload, side));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String text = new String(process.getInputStream().readAllBytes());
    System.out.print(workload + " " + side + " " + text);
    String[] rates = text.trim().split(" ");
    return new Rate(Double.parseDouble(rates[0]), Double.parseDouble(rates[1]));
  }

  private static Rate measure(String workload, String side) throws Exception {
    if (workload.equals("checkpoints")) {
      return engine(words(lines()), side.equals("engine"));
    }
    boolean words = workload.equals("words");
    if (side.equals("engine")) {
      return engine(words ? words(lines()) : shuffle(messages()), false);
    }
    return words ? plainWords(lines()) : plainShuffle(messages());
  }

  /** Waits until the process has used so much CPU time; the clock says little on a busy machine. */
  private static void awaitCpu(long nanos) {
    while (SYSTEM.getProcessCpuTime() < nanos) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private record Rate(double perSecond, double perCpuSecond) {}

  /**
   * Measures by the clock, and by the CPU time of the process, which other processes don't sway.
   */
  private static final class Stopwatch {
    private final long records;
    private final long start = System.nanoTime();
    private final long cpuStart = SYSTEM.getProcessCpuTime();

    Stopwatch(long records) {
      this.records = records;
    }

    Rate stop(long now) {
      double done = now - records;
      return new Rate(
          done * 1e9 / (System.nanoTime() - start),
          done * 1e9 / (SYSTEM.getProcessCpuTime() - cpuStart));
    }
  }

  // engine

  private static Rate engine(StreamApplication app, boolean checkpoints) throws Exception {
    ExecutionPlan plan = Run.plan(app, 2);
    Outcomes outcomes = new Outcomes();
    ScheduledExecutorService service = Executors.newScheduledThreadPool(1);
    try (PooledTurns turns = new PooledTurns(2)) {
      LocalExecution execution =
          ExecutionBuilder.build(
              plan,
              () -> Planner.topology(app, Run.settings()),
              Set.of(0, 1),
              new RunContext(
                  "bench",
                  Run.settings(),
                  EngineBench.class.getClassLoader(),
                  Incarnation.FIRST,
                  ChannelSizes.DEFAULT,
                  System::nanoTime,
                  System::currentTimeMillis,
                  turns,
                  outcomes),
              checkpoints ? new Checkpointing(new MemoryCheckpointStore(), 1, service) : null,
              null);
      turns.drive(execution);
      if (checkpoints) {
        AtomicLong id = new AtomicLong();
        service.scheduleAtFixedRate(
            () -> execution.checkpoint(id.incrementAndGet()), 1, 1, TimeUnit.SECONDS);
      }
      awaitCpu(WARM_UP_CPU_NANOS);
      Stopwatch watch = new Stopwatch(written(execution));
      awaitCpu(WARM_UP_CPU_NANOS + MEASURE_CPU_NANOS);
      Rate rate = watch.stop(written(execution));
      if (!outcomes.failed.isEmpty()) {
        throw new IllegalStateException(outcomes.failed.toString());
      }
      if (checkpoints && outcomes.snapshots.get() < 2L * plan.tasks()) {
        throw new IllegalStateException("only " + outcomes.snapshots + " snapshots were taken");
      }
      execution.cancel();
      return rate;
    } finally {
      service.shutdownNow();
    }
  }

  private static long written(LocalExecution execution) {
    return execution.metrics().stream()
        .flatMap(task -> task.processors().stream())
        .filter(step -> step.processorId().equals("out"))
        .mapToLong(step -> step.recordsIn())
        .sum();
  }

  private static StreamApplication words(String[] lines) {
    return (streams, settings) ->
        streams
            .from(new Endless<>(String.class, lines))
            .flatMap(String.class, EngineBench::split)
            .keyBy(String.class, word -> word)
            .count()
            .id("count")
            .to(new Checksum<>())
            .id("out");
  }

  private static StreamApplication shuffle(byte[][] messages) {
    return (streams, settings) ->
        streams
            .from(new Endless<>(byte[].class, messages))
            .shuffle()
            .to(new FirstBytes())
            .id("out");
  }

  private static void split(String line, Emitter<String> out) {
    int from = 0;
    for (int to = line.indexOf(' '); to >= 0; to = line.indexOf(' ', from)) {
      out.emit(line.substring(from, to));
      from = to + 1;
    }
    out.emit(line.substring(from));
  }

  private record Endless<T>(Class<T> type, T[] records) implements Source<T> {
    @Override
    public List<SourceSplit> splits(int parallelism) {
      return List.of(new SourceSplit("a", Map.of()), new SourceSplit("b", Map.of()));
    }

    @Override
    public SplitReader<T> open(SourceSplit split, ProcessorContext context) {
      return new SplitReader<>() {
        private int at = split.id().equals("a") ? 0 : records.length / 2;

        @Override
        public ReadStatus poll(Emitter<T> out, int max) {
          for (int i = 0; i < max; i++) {
            out.emit(records[at], 0);
            at = at + 1 < records.length ? at + 1 : 0;
          }
          return ReadStatus.MORE;
        }

        @Override
        public SourceSplit remaining() {
          return split;
        }
      };
    }
  }

  private static final class Checksum<K> implements Sink<Keyed<K, Long>> {
    @Override
    public SinkWriter<Keyed<K, Long>> open(ProcessorContext context) {
      return new SinkWriter<>() {
        private long sum;

        @Override
        public void write(Keyed<K, Long> value, long timestamp) {
          sum += value.value();
        }

        @Override
        public void close() {
          consume(sum);
        }
      };
    }
  }

  private static final class FirstBytes implements Sink<byte[]> {
    @Override
    public SinkWriter<byte[]> open(ProcessorContext context) {
      return new SinkWriter<>() {
        private long sum;

        @Override
        public void write(byte[] value, long timestamp) {
          sum += value[0];
        }

        @Override
        public void close() {
          consume(sum);
        }
      };
    }
  }

  private static void consume(long sum) {
    if (sum == 42) {
      System.err.println();
    }
  }

  // plain

  private static Rate plainWords(String[] lines) {
    Map<String, long[]> counts = new HashMap<>();
    long[] sum = new long[1];
    long[] words = new long[1];
    Emitter<String> counter =
        new Emitter<>() {
          @Override
          public void emit(String word) {
            long[] count = counts.get(word);
            if (count == null) {
              count = new long[1];
              counts.put(word, count);
            }
            count[0]++;
            sum[0] += new Keyed<>(word, count[0]).value();
            words[0]++;
          }

          @Override
          public void emit(String word, long timestamp) {
            emit(word);
          }
        };
    Stopwatch watch = null;
    for (int at = 0; ; at = at + 1 < lines.length ? at + 1 : 0) {
      split(lines[at], counter);
      if ((at & 1023) == 0) {
        long now = SYSTEM.getProcessCpuTime();
        if (watch == null && now > WARM_UP_CPU_NANOS) {
          watch = new Stopwatch(words[0]);
        }
        if (now > WARM_UP_CPU_NANOS + MEASURE_CPU_NANOS) {
          consume(sum[0]);
          return watch.stop(words[0]);
        }
      }
    }
  }

  private static Rate plainShuffle(byte[][] messages) throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    java.util.concurrent.ArrayBlockingQueue<byte[][]> full =
        new java.util.concurrent.ArrayBlockingQueue<>(8);
    java.util.concurrent.ArrayBlockingQueue<byte[][]> empty =
        new java.util.concurrent.ArrayBlockingQueue<>(8);
    for (int i = 0; i < 8; i++) {
      empty.add(new byte[4096][]);
    }
    java.util.concurrent.atomic.AtomicLong read = new java.util.concurrent.atomic.AtomicLong();
    Thread producer =
        new Thread(
            () -> {
              int at = 0;
              try {
                while (!stop.get()) {
                  byte[][] batch = empty.take();
                  for (int i = 0; i < batch.length; i++) {
                    batch[i] = messages[at];
                    at = at + 1 < messages.length ? at + 1 : 0;
                  }
                  full.put(batch);
                }
              } catch (InterruptedException e) {
                stop.set(true);
              }
            });
    Thread consumer =
        new Thread(
            () -> {
              long sum = 0;
              try {
                while (!stop.get()) {
                  byte[][] batch = full.take();
                  for (byte[] message : batch) {
                    sum += message[0];
                  }
                  read.lazySet(read.get() + batch.length);
                  empty.put(batch);
                }
              } catch (InterruptedException e) {
                consume(sum);
              }
            });
    producer.start();
    consumer.start();
    awaitCpu(WARM_UP_CPU_NANOS);
    Stopwatch watch = new Stopwatch(read.get());
    awaitCpu(WARM_UP_CPU_NANOS + MEASURE_CPU_NANOS);
    Rate rate = watch.stop(read.get());
    stop.set(true);
    producer.interrupt();
    consumer.interrupt();
    return rate;
  }

  // data

  private static byte[][] messages() {
    byte[][] messages = new byte[1024][100];
    for (int i = 0; i < messages.length; i++) {
      messages[i][0] = (byte) i;
    }
    return messages;
  }

  /** Lines of ten words out of 50,000 by Zipf's law. */
  private static String[] lines() {
    int vocabulary = 50_000;
    double[] cumulative = new double[vocabulary];
    double total = 0;
    for (int i = 0; i < vocabulary; i++) {
      total += 1.0 / (i + 1);
      cumulative[i] = total;
    }
    Random random = new Random(1);
    String[] lines = new String[300_000];
    for (int i = 0; i < lines.length; i++) {
      StringBuilder line = new StringBuilder();
      for (int w = 0; w < 10; w++) {
        int at = Arrays.binarySearch(cumulative, random.nextDouble() * total);
        line.append(w == 0 ? "" : " ").append("word").append(at < 0 ? -at - 1 : at);
      }
      lines[i] = line.toString();
    }
    return lines;
  }
}
