package com.example.windowed;

import io.geartrain.api.DataStream;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.connector.files.FileSink;
import io.geartrain.connector.files.FileSource;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts the words of log files by the minute in which they were logged.
 *
 * <p>Settings: {@code input}, files and folders; {@code lateness}, by how many seconds a line may
 * be out of order, 5 unless told; {@code output}, a line {@code minute<TAB>word<TAB>count} for each
 * minute and word; {@code late}, the words of lines that came too late.
 */
@StreamApp(name = "windowed-word-count")
public final class WindowedWordCountApp implements StreamApplication {
  private static final OutputTag<String> LATE = new OutputTag<>("late", String.class);

  @Override
  public void define(Streams streams, Settings settings) {
    DataStream<Windowed<String, Long>> counts =
        streams
            .from(FileSource.linesOf(settings.get("input")))
            .eventTime(LogLine::timestamp, Duration.ofSeconds(settings.getLong("lateness", 5)))
            .id("lines")
            .flatMap(String.class, LogLine::words)
            .id("words")
            .keyBy(String.class, word -> word)
            .window(Window.tumbling(Duration.ofMinutes(1)))
            .lateTo(LATE)
            .count()
            .id("count");
    counts.to(FileSink.of(settings.get("output"), WindowedWordCountApp::line)).id("write");
    counts.sideOutput(LATE).to(FileSink.lines(settings.get("late"))).id("write-late");
  }

  private static String line(Windowed<String, Long> count) {
    return Instant.ofEpochMilli(count.start()) + "\t" + count.key() + "\t" + count.value();
  }
}
