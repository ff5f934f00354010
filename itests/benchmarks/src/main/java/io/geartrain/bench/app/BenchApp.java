package io.geartrain.bench.app;

import io.geartrain.api.Emitter;
import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Window;
import io.geartrain.bench.data.Bid;
import io.geartrain.bench.data.Bids;
import io.geartrain.bench.data.Event;
import io.geartrain.bench.data.Lines;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.ManyKeys;
import io.geartrain.bench.data.Messages;
import java.time.Duration;

/** The workloads as an application; the setting {@code workload} chooses one. */
@StreamApp(name = "bench")
public final class BenchApp implements StreamApplication {
  private static final int PARALLELISM = 2;

  @Override
  public void define(Streams streams, Settings settings) {
    Load load = Load.of(settings.asMap());
    switch (load.family()) {
      case "W1" -> shuffled(streams, load);
      case "W1c" -> fused(streams, load);
      case "W2", "W5" -> words(streams, load);
      case "W3" -> bids(streams, load);
      case "W6" -> {
        if (load.isLarge()) {
          largeState(streams, load);
        } else {
          bids(streams, load);
        }
      }
      case "W4" -> latency(streams, load);
      default -> throw new IllegalArgumentException("no workload " + load.workload());
    }
  }

  private static void shuffled(Streams streams, Load load) {
    streams
        .from(BenchSource.messages(load))
        .id("messages")
        .parallelism(PARALLELISM)
        .shuffle()
        .to(new BenchSink<>(load, Messages::read))
        .id("read")
        .parallelism(PARALLELISM);
  }

  private static void fused(Streams streams, Load load) {
    streams
        .from(BenchSource.messages(load))
        .id("messages")
        .parallelism(PARALLELISM)
        .to(new BenchSink<>(load, Messages::read))
        .id("read")
        .parallelism(PARALLELISM);
  }

  private static void words(Streams streams, Load load) {
    streams
        .from(BenchSource.lines(load))
        .id("lines")
        .parallelism(PARALLELISM)
        .flatMap(String.class, BenchApp::split)
        .id("split")
        .parallelism(PARALLELISM)
        .keyBy(String.class, word -> word)
        .count()
        .id("count")
        .parallelism(PARALLELISM)
        .to(new BenchSink<>(load, update -> Lines.read(update.key(), update.value())))
        .id("read")
        .parallelism(PARALLELISM);
  }

  private static void bids(Streams streams, Load load) {
    Duration slide = Duration.ofMillis(Bids.SLIDE_MS);
    streams
        .from(BenchSource.bids(load))
        .id("bids")
        .parallelism(PARALLELISM)
        .eventTime(Bid::time, Duration.ofMillis(Bids.LATENESS_MS))
        .keyBy(Long.class, Bid::auction)
        .window(Window.sliding(slide.multipliedBy(load.slides()), slide))
        .count()
        .id("count")
        .parallelism(PARALLELISM)
        .to(new BenchSink<>(load, one -> Bids.read(one.key(), one.end(), one.value())))
        .id("read")
        .parallelism(PARALLELISM);
  }

  private static void latency(Streams streams, Load load) {
    streams
        .from(BenchSource.events(load))
        .id("events")
        .parallelism(1)
        .keyBy(Integer.class, Event::key)
        .process(Update.class, Counting::new)
        .id("count")
        .parallelism(PARALLELISM)
        .to(new LatencySink(load, Event::read))
        .id("read")
        .parallelism(PARALLELISM);
  }

  private static void largeState(Streams streams, Load load) {
    streams
        .from(new KeySource(load))
        .id("keys")
        .parallelism(PARALLELISM)
        .keyBy(Integer.class, Event::key)
        .process(Update.class, Counting::new)
        .id("count")
        .parallelism(PARALLELISM)
        .to(new LatencySink(load, ManyKeys::read))
        .id("read")
        .parallelism(PARALLELISM);
  }

  /** Cuts a line at its blanks. */
  static void split(String line, Emitter<String> out) {
    int from = 0;
    for (int to = line.indexOf(' '); to >= 0; to = line.indexOf(' ', from)) {
      out.emit(line.substring(from, to));
      from = to + 1;
    }
    out.emit(line.substring(from));
  }
}
