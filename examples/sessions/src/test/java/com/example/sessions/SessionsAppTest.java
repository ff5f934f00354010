package com.example.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.geartrain.api.Windowed;
import io.geartrain.testkit.CollectingSink;
import io.geartrain.testkit.ScriptedSource;
import io.geartrain.testkit.TopologyRun;
import io.geartrain.testkit.TopologyTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionsAppTest {
  private final CollectingSink<Windowed<String, Visit>> visits = new CollectingSink<>();

  private TopologyTest test(ScriptedSource<String> lines) {
    return TopologyTest.of(SessionsApp::new)
        .setting("input", "replaced")
        .setting("output", "replaced")
        .source("lines", lines)
        .sink("write", visits);
  }

  private static String text(Windowed<String, Visit> visit) {
    Visit v = visit.value();
    return visit.key() + " " + v.clicks() + " " + v.first().page() + " " + v.last().page();
  }

  @Test
  void shouldCutWhereAUserPauses() {
    test(ScriptedSource.of(
            String.class,
            "2026-03-01T10:00:00Z ada /",
            "2026-03-01T10:10:00Z bob /shop",
            "2026-03-01T10:29:59Z ada /shop",
            "2026-03-01T10:29:30Z ada /help",
            "2026-03-01T11:00:00Z ada /late"))
        .parallelism(2)
        .run();

    assertEquals(
        Set.of("ada 3 / /shop", "bob 1 /shop /shop", "ada 1 /late /late"),
        Set.copyOf(visits.values().stream().map(SessionsAppTest::text).toList()));
  }

  @Test
  void shouldTellOfAVisitOnceItIsOver() {
    ScriptedSource<String> lines = ScriptedSource.of(String.class).endless();
    try (TopologyRun run = test(lines).start()) {
      lines.record("2026-03-01T10:00:00Z ada /").record("2026-03-01T10:30:59Z bob /");
      run.settle();
      assertEquals(List.of(), visits.take());

      lines.record("2026-03-01T10:31:00Z bob /shop");
      run.settle();
      assertEquals(
          List.of("ada 1 / /"), visits.take().stream().map(SessionsAppTest::text).toList());
    }
  }
}
