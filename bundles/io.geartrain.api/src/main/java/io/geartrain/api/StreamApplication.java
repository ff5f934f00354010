package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An application: defines one graph of sources, processors and sinks.
 *
 * <p>{@link #define} runs once for every task, on a fresh instance, in the application's own
 * bundle. What it creates belongs to that task alone, so it must be a pure function of the
 * settings: the same settings define the same graph, on every node, each time. Submission runs it
 * twice and refuses a difference. Files, sockets and clocks are for sources, processors and sinks
 * to open.
 */
@ConsumerType
@FunctionalInterface
public interface StreamApplication {
  /**
   * Defines the graph.
   *
   * @param streams where the graph starts
   * @param settings what was set at submission; frozen
   * @throws Exception refuses the submission; the message is shown to the person who submitted
   */
  void define(Streams streams, Settings settings) throws Exception;
}
