package io.geartrain.plan;

import io.geartrain.api.SourceSplit;
import io.geartrain.codec.TypeDictionary;
import java.util.List;
import java.util.Map;

/**
 * What every task of an application follows; plain data, for it travels.
 *
 * @param applicationName name of the application, not the id of one run of it
 * @param keyGroups into how many groups keys are cut; a power of two
 * @param processors all steps, in the order of the records' way
 * @param edges all edges, in the order of definition
 * @param chains all chains, in the order of the records' way
 * @param types types of the records that travel, numbered
 * @param splits splits of each source, by its id; empty until {@link SourceSplits#discover}
 * @param states what each step that may keep anything keeps in checkpoints, in words, by its id
 * @param fingerprint lower-case hex SHA-256 over all that must be the same in every definition
 */
public record ExecutionPlan(
    String applicationName,
    int keyGroups,
    List<PlannedProcessor> processors,
    List<PlannedEdge> edges,
    List<PlannedChain> chains,
    TypeDictionary types,
    Map<String, List<SourceSplit>> splits,
    Map<String, String> states,
    String fingerprint) {
  /** Copies the collections. */
  public ExecutionPlan {
    processors = List.copyOf(processors);
    edges = List.copyOf(edges);
    chains = List.copyOf(chains);
    splits = Map.copyOf(splits);
    states = Map.copyOf(states);
  }

  /** Of steps that keep nothing. */
  public ExecutionPlan(
      String applicationName,
      int keyGroups,
      List<PlannedProcessor> processors,
      List<PlannedEdge> edges,
      List<PlannedChain> chains,
      TypeDictionary types,
      Map<String, List<SourceSplit>> splits,
      String fingerprint) {
    this(
        applicationName,
        keyGroups,
        processors,
        edges,
        chains,
        types,
        splits,
        Map.of(),
        fingerprint);
  }

  /** How many slots the application needs: its largest parallelism. */
  public int slots() {
    return chains.stream().mapToInt(PlannedChain::parallelism).max().orElse(0);
  }

  /** How many tasks the application has. */
  public int tasks() {
    return chains.stream().mapToInt(PlannedChain::parallelism).sum();
  }

  /**
   * One step.
   *
   * @throws IllegalArgumentException if there is none of that id
   */
  public PlannedProcessor processor(String id) {
    return processors.stream()
        .filter(processor -> processor.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the plan has no step '" + id + "'"));
  }

  /** The edges that lead to a step. */
  public List<PlannedEdge> inputs(String processorId) {
    return edges.stream().filter(edge -> edge.to().equals(processorId)).toList();
  }

  /** The edges that lead away from a step. */
  public List<PlannedEdge> outputs(String processorId) {
    return edges.stream().filter(edge -> edge.from().equals(processorId)).toList();
  }

  /** The same plan with these splits. */
  public ExecutionPlan withSplits(Map<String, List<SourceSplit>> found) {
    return new ExecutionPlan(
        applicationName, keyGroups, processors, edges, chains, types, found, states, fingerprint);
  }

  /** A drawing of the graph in plain text, several lines, the last one without a line end. */
  public String toDagText() {
    return DagText.of(this);
  }
}
