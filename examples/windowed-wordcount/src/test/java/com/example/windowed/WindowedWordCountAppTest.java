package com.example.windowed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.geartrain.api.Windowed;
import io.geartrain.testkit.CollectingSink;
import io.geartrain.testkit.ScriptedSource;
import io.geartrain.testkit.TopologyFailure;
import io.geartrain.testkit.TopologyTest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowedWordCountAppTest {
  private final CollectingSink<Windowed<String, Long>> counts = new CollectingSink<>();
  private final CollectingSink<String> late = new CollectingSink<>();

  private TopologyTest test(String... lines) {
    return TopologyTest.of(WindowedWordCountApp::new)
        .setting("input", "replaced")
        .setting("output", "replaced")
        .setting("late", "replaced")
        .source("lines", ScriptedSource.of(String.class, lines))
        .sink("write", counts)
        .sink("write-late", late);
  }

  private static Windowed<String, Long> count(String minute, String word, long count) {
    long start = Instant.parse(minute).toEpochMilli();
    return new Windowed<>(word, start, start + 60_000, count);
  }

  @Test
  void shouldCountByTheMinuteOfTheLine() {
    test(
            "2026-03-01T10:00:01Z to be",
            "2026-03-01T10:01:00Z or",
            "2026-03-01T10:00:59Z not to be",
            "2026-03-01T10:01:59Z or")
        .parallelism(2)
        .run();

    assertEquals(
        Set.of(
            count("2026-03-01T10:00:00Z", "to", 2),
            count("2026-03-01T10:00:00Z", "be", 2),
            count("2026-03-01T10:00:00Z", "not", 1),
            count("2026-03-01T10:01:00Z", "or", 2)),
        Set.copyOf(counts.values()));
    assertEquals(4, counts.values().size());
    assertEquals(List.of(), late.values());
  }

  @Test
  void shouldPutLateWordsAside() {
    test("2026-03-01T10:00:01Z on time", "2026-03-01T10:01:05Z later", "2026-03-01T10:00:59Z late")
        .run();

    assertEquals(List.of("late"), late.values());
    assertEquals(3, counts.values().size());
  }

  @Test
  void shouldNameTheLineThatHasNoTime() {
    TopologyFailure failure = assertThrows(TopologyFailure.class, test("yesterday, all")::run);

    assertEquals("lines", failure.processor());
    assertEquals("yesterday, all", failure.value());
  }
}
