package com.example.sessions;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Window;
import io.geartrain.connector.files.FileSink;
import io.geartrain.connector.files.FileSource;
import java.time.Duration;
import java.time.Instant;

/**
 * Cuts the clicks of each user into visits, which end after half an hour without a click.
 *
 * <p>Settings: {@code input}, files and folders with lines {@code instant user page}; {@code
 * output}, a line for each visit: user, begin, seconds, clicks, first page, last page.
 */
@StreamApp(name = "sessions")
public final class SessionsApp implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    streams
        .from(FileSource.linesOf(settings.get("input")))
        .eventTime(Click::timestamp, Duration.ofSeconds(settings.getLong("lateness", 60)))
        .id("lines")
        .map(Click.class, Click::parse)
        .id("clicks")
        .keyBy(String.class, Click::user)
        .window(Window.session(Duration.ofMinutes(30)))
        .aggregate(new Visit.OfClicks())
        .id("visits")
        .to(FileSink.of(settings.get("output"), visit -> line(visit.key(), visit.value())))
        .id("write");
  }

  private static String line(String user, Visit visit) {
    long begin = visit.first().timeMs();
    long seconds = (visit.last().timeMs() - begin) / 1000;
    return String.join(
        "\t",
        user,
        Instant.ofEpochMilli(begin).toString(),
        Long.toString(seconds),
        Integer.toString(visit.clicks()),
        visit.first().page(),
        visit.last().page());
  }
}
