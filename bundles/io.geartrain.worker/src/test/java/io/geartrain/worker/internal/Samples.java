package io.geartrain.worker.internal;

import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.spi.BundleDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Data for the tests. */
final class Samples {
  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  static final WorkerDescription SELF =
      new WorkerDescription("w-1a2b", "node-1a2b", 8, Map.of("disk", "ssd"));

  static final ApplicationSpec APP =
      new ApplicationSpec(
          "app-1",
          "app",
          new BundleDescription("b", "1.0.0", "00", List.of()),
          "C",
          Map.of(),
          null,
          "admin",
          T0);

  private Samples() {}
}
