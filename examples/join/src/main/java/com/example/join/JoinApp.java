package com.example.join;

import io.geartrain.api.KeyedStream;
import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Window;
import io.geartrain.connector.files.FileSink;
import io.geartrain.connector.files.FileSource;
import java.time.Duration;

/**
 * Joins orders with their payments of the same day.
 *
 * <p>Settings: {@code orders} and {@code payments}, files with lines {@code instant order cents};
 * {@code output}, a line {@code order<TAB>ordered<TAB>paid<TAB>ms between} for each pair.
 */
@StreamApp(name = "orders-and-payments")
public final class JoinApp implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    KeyedStream<String, Entry> orders = byOrder(streams, settings, "orders");
    KeyedStream<String, Entry> payments = byOrder(streams, settings, "payments");
    orders
        .windowJoin(payments, Window.tumbling(Duration.ofDays(1)), Paid.class, Paid::of)
        .id("paid")
        .to(FileSink.of(settings.get("output"), JoinApp::line))
        .id("write");
  }

  private static KeyedStream<String, Entry> byOrder(
      Streams streams, Settings settings, String side) {
    return streams
        .from(FileSource.linesOf(settings.get(side)))
        .eventTime(Entry::timestamp, Duration.ofMinutes(1))
        .id(side)
        .map(Entry.class, Entry::parse)
        .id("parse-" + side)
        .keyBy(String.class, Entry::order);
  }

  private static String line(Paid paid) {
    return paid.order()
        + "\t"
        + paid.orderedCents()
        + "\t"
        + paid.paidCents()
        + "\t"
        + paid.afterMs();
  }
}
