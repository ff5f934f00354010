package com.example.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.geartrain.testkit.CollectingSink;
import io.geartrain.testkit.ScriptedSource;
import io.geartrain.testkit.TopologyTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopologyAppTest {
  @Test
  void shouldWarnOnceAnHourAndRejectWhatItCannotRead() {
    CollectingSink<String> warnings = new CollectingSink<>();
    CollectingSink<String> rejected = new CollectingSink<>();

    TopologyTest.of(TopologyApp::new)
        .setting("input", "replaced")
        .setting("output", "replaced")
        .setting("rejected", "replaced")
        .source(
            "lines",
            ScriptedSource.of(
                String.class,
                "2026-03-01T10:00:00Z oven 61.5",
                "2026-03-01T10:59:59Z oven 70",
                "2026-03-01T11:00:00Z oven 62",
                "2026-03-01T10:00:00Z fridge 60",
                "2026-03-01T10:00:00Z forge 95",
                "no reading"))
        .sink("write", warnings)
        .sink("write-rejected", rejected)
        .run();

    assertEquals(
        Set.of(
            "2026-03-01T10:00:00Z\toven\t61.5",
            "2026-03-01T11:00:00Z\toven\t62.0",
            "2026-03-01T10:00:00Z\tforge\t95.0"),
        Set.copyOf(warnings.values()));
    assertEquals(3, warnings.values().size());
    assertEquals(List.of("no reading"), rejected.values());
  }

  @Test
  void shouldKeepTheFirstTaskForUrgentReadings() {
    assertEquals(0, new Reading(0, "forge", 90).task(3));
    assertEquals(0, new Reading(0, "oven", 20).task(1));
    for (int sensor = 0; sensor < 100; sensor++) {
      int task = new Reading(0, "sensor-" + sensor, 20).task(3);
      assertEquals(true, task == 1 || task == 2);
    }
  }
}
