package com.example.join;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.geartrain.testkit.CollectingSink;
import io.geartrain.testkit.ScriptedSource;
import io.geartrain.testkit.TopologyTest;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoinAppTest {
  @Test
  void shouldJoinPaymentsOfTheSameDay() {
    CollectingSink<Paid> paid = new CollectingSink<>();
    for (long seed = 0; seed < 20; seed++) {
      TopologyTest.of(JoinApp::new)
          .setting("orders", "replaced")
          .setting("payments", "replaced")
          .setting("output", "replaced")
          .source(
              "orders",
              ScriptedSource.of(
                  String.class,
                  "2026-03-01T10:00:00Z o1 500",
                  "2026-03-01T10:00:01Z o2 700",
                  "2026-03-01T23:59:59Z o3 900"))
          .source(
              "payments",
              ScriptedSource.of(
                  String.class,
                  "2026-03-01T10:00:02Z o1 200",
                  "2026-03-01T12:00:00Z o1 300",
                  "2026-03-02T00:00:00Z o3 900"))
          .sink("write", paid)
          .parallelism(2)
          .seed(seed)
          .run();

      assertEquals(
          Set.of(new Paid("o1", 500, 200, 2_000), new Paid("o1", 500, 300, 7_200_000)),
          Set.copyOf(paid.take()),
          "seed " + seed);
    }
  }
}
