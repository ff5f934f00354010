package io.geartrain.plan;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.Settings;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Topology;
import io.geartrain.codec.TypeDictionary;
import io.geartrain.plan.internal.StreamGraph;
import java.util.List;
import java.util.Map;

/** Turns definitions into plans. Stateless; runs the application's {@code define} on the caller. */
public final class Planner {
  private Planner() {}

  /**
   * Runs the definition.
   *
   * @param app a fresh instance
   * @throws DefinitionException if it is wrong or throws
   */
  public static Topology topology(StreamApplication app, Settings settings) {
    StreamGraph graph = new StreamGraph();
    try {
      app.define(graph, settings);
    } catch (DefinitionException e) {
      throw e;
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      throw new DefinitionException(
          "define() of " + app.getClass().getName() + " failed: " + describe(e), e);
    }
    return graph.build();
  }

  /**
   * Runs the definition and plans it.
   *
   * @param applicationName name of the application
   * @param app a fresh instance
   * @param settings what was set at submission
   * @param defaultParallelism for steps that say nothing, 1 or more
   * @throws DefinitionException if the definition is wrong or throws
   */
  public static ExecutionPlan plan(
      String applicationName, StreamApplication app, Settings settings, int defaultParallelism) {
    return plan(applicationName, topology(app, settings), settings, defaultParallelism);
  }

  /** Plans a topology; see {@link #plan(String, StreamApplication, Settings, int)}. */
  public static ExecutionPlan plan(
      String applicationName, Topology topology, Settings settings, int defaultParallelism) {
    if (defaultParallelism < 1) {
      throw new IllegalArgumentException("default parallelism " + defaultParallelism + " < 1");
    }
    return plan(
        applicationName, topology, settings, Parallelism.resolve(topology, defaultParallelism));
  }

  /**
   * Checks that a topology is the one which was planned.
   *
   * @param plan the plan
   * @param topology what another run of the definition gave
   * @param settings what the plan was made with
   * @throws DefinitionException naming the first difference
   */
  public static void requireSame(ExecutionPlan plan, Topology topology, Settings settings) {
    ExecutionPlan other =
        plan(plan.applicationName(), topology, settings, Parallelism.resolve(topology, plan));
    requireSame(plan, other);
    if (!plan.fingerprint().equals(other.fingerprint())) {
      throw new DefinitionException(
          "the settings of '" + plan.applicationName() + "' are not those it was planned with");
    }
  }

  /**
   * Checks that two plans of one application have the same steps, edges and types.
   *
   * @throws DefinitionException naming the first difference
   */
  public static void requireSame(ExecutionPlan first, ExecutionPlan second) {
    List<String> expected = lines(first);
    List<String> actual = lines(second);
    for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      String one = i < expected.size() ? expected.get(i) : "nothing more";
      String other = i < actual.size() ? actual.get(i) : "nothing more";
      if (!one.equals(other)) {
        throw new DefinitionException(
            ("two runs of define() of '%s' differ: first “%s”, then “%s”; define() must depend"
                    + " on its settings only")
                .formatted(first.applicationName(), one, other));
      }
    }
  }

  private static List<String> lines(ExecutionPlan plan) {
    return PlanText.lines(plan.processors(), plan.edges(), plan.types());
  }

  private static ExecutionPlan plan(
      String name, Topology topology, Settings settings, Map<String, Integer> parallelism) {
    ChannelMode.of(settings);
    Fusion fusion = new Fusion(topology, parallelism);
    List<PlannedProcessor> processors = fusion.processors();
    List<PlannedEdge> edges = fusion.edges();
    TypeDictionary types = PlannedTypes.of(topology);
    String fingerprint =
        PlanText.fingerprint(name, KeyGroups.DEFAULT_COUNT, processors, edges, types, settings);
    return new ExecutionPlan(
        name,
        KeyGroups.DEFAULT_COUNT,
        processors,
        edges,
        fusion.chains(),
        types,
        Map.of(),
        StateKinds.of(topology),
        fingerprint);
  }

  private static String describe(Throwable e) {
    String type = e.getClass().getSimpleName();
    String message = ErrorText.message(e);
    return message.isEmpty() ? type : type + ": " + message;
  }
}
