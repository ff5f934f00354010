package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.rest.Durations;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Model.Audit;
import io.geartrain.cli.internal.rest.Model.Clock;
import io.geartrain.cli.internal.rest.Model.Processor;
import io.geartrain.cli.internal.rest.Model.Stall;
import io.geartrain.cli.internal.term.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/** How an application does, in words. Stateless. */
final class HealthLines {
  private static final long LARGEST_DATE_MS = 253_402_300_799_999L;

  private HealthLines() {}

  /**
   * Tells what there is to tell.
   *
   * @param line takes a name and its text
   */
  static void of(App app, Instant now, BiConsumer<String, String> line) {
    if (app.audit() != null) {
      line.accept("audit", audit(app.audit()));
    }
    if (app.clock() != null && app.clock().watermark() != null) {
      line.accept("event time", time(app.clock()));
    }
    if (app.clock() != null && app.clock().stalled() != null) {
      Duration since = Duration.between(Instant.parse(app.clock().stalledSince()), now);
      line.accept(
          "stalled",
          "%s holds event time back for %s, though those before it go on"
              .formatted(app.clock().stalled(), Durations.text(since)));
    }
    for (Stall stall : app.stalls().longest()) {
      Duration since = Duration.between(Instant.parse(stall.since()), now);
      String place = stall.place().isBlank() ? "" : "; it is at " + stall.place();
      line.accept(
          "stalled",
          "%s has not come back for %s%s".formatted(stall.task(), Durations.text(since), place));
    }
    int more = app.stalls().tasks() - app.stalls().longest().size();
    if (more > 0) {
      line.accept("stalled", more + " more tasks");
    }
  }

  private static String audit(Audit audit) {
    return "%s records audited, %s lost, %s duplicated"
        .formatted(
            Text.count(audit.audited()), Text.count(audit.lost()), Text.count(audit.duplicated()));
  }

  private static String time(Clock clock) {
    StringBuilder text = new StringBuilder(watermark(clock.watermark()));
    if (clock.lagMs() != null) {
      text.append(", ").append(lag(clock.lagMs())).append(" behind the newest");
    }
    if (clock.heldBy() != null) {
      text.append("; the last is ").append(clock.heldBy());
      if ("input".equals(clock.waiting())) {
        text.append(", a split of which has nothing to read");
      } else if ("credit".equals(clock.waiting())) {
        text.append(", which waits for those behind it");
      } else if ("idle".equals(clock.waiting())) {
        text.append(", and all are idle");
      }
    }
    return text.toString();
  }

  /** How far a step is behind the newest event time; empty if unknown. */
  static String lag(Long lagMs) {
    return lagMs == null ? "" : Durations.text(Duration.ofMillis(lagMs));
  }

  /** Within which time 99 % of the batches reach a step; empty if none did. */
  static String p99(Processor processor) {
    if (processor.latency() == null) {
      return "";
    }
    double micros = processor.latency().p99Us();
    return micros < 1_000
        ? Math.round(micros) + " µs"
        : Durations.text(Duration.ofMillis(Math.round(micros / 1_000)));
  }

  /** A point in event time. */
  static String watermark(Long watermark) {
    if (watermark == null || watermark <= -LARGEST_DATE_MS) {
      return "";
    }
    return watermark >= LARGEST_DATE_MS ? "end" : Instant.ofEpochMilli(watermark).toString();
  }

  /** How many records were too late for any window, and how many of those were dropped. */
  static String late(Processor processor) {
    if (processor.recordsLate() == 0) {
      return "";
    }
    String late = Text.count(processor.recordsLate());
    return processor.recordsDropped() == 0
        ? late
        : late + " (" + Text.count(processor.recordsDropped()) + " dropped)";
  }
}
