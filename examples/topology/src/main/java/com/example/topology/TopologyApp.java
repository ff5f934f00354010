package com.example.topology;

import io.geartrain.api.Partitioner;
import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Topology;
import io.geartrain.api.Topology.KeyDefinition;
import io.geartrain.connector.files.FileSink;
import io.geartrain.connector.files.FileSource;

/**
 * Warns of hot sensors; its graph is built by hand, of processors and edges.
 *
 * <p>Settings: {@code input}, files and folders with lines {@code instant sensor celsius}; {@code
 * limit}, whole °C, 60 unless told; {@code output}, a line for each warning; {@code rejected}, the
 * lines that can't be read.
 */
@StreamApp(name = "hot-sensors")
public final class TopologyApp implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    KeyDefinition<Reading, String> bySensor = new KeyDefinition<>(String.class, Reading::sensor);
    streams.use(
        Topology.builder()
            .source("lines", FileSource.linesOf(settings.get("input")), 0)
            .processor("parse", Parse::new, Reading.class, 0)
            .processor("check", Check::new, Reading.class, 3)
            .keyed("warn", bySensor, Warn::new, String.class, 0)
            .sink("write", FileSink.lines(settings.get("output")), 1)
            .sink("write-rejected", FileSink.lines(settings.get("rejected")), 1)
            .edge("lines", "parse", Partitioner.forward())
            .edge("parse", "check", Partitioner.custom(Reading::task))
            .edge("parse", Parse.REJECTED.id(), "write-rejected", Partitioner.shuffle())
            .edge("check", "warn", Partitioner.hash(Reading::sensor))
            .edge("warn", "write", Partitioner.shuffle())
            .build());
  }
}
