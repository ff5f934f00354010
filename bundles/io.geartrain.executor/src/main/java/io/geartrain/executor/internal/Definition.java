package io.geartrain.executor.internal;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.Settings;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Topology;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.Planner;
import io.geartrain.plan.SourceSplits;
import io.geartrain.protocol.ApplicationSpec;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Supplier;

/**
 * Runs the definition of an application from its own class loader, each time on a fresh instance.
 * Immutable; runs user code on the caller's thread.
 */
final class Definition implements Supplier<Topology> {
  private final ApplicationSpec spec;
  private final ClassLoader loader;
  private final Settings settings;

  Definition(ApplicationSpec spec, ClassLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.settings = Settings.of(spec.settings());
  }

  /**
   * Defines once more.
   *
   * @throws DefinitionException if the definition is wrong or throws
   */
  @Override
  public Topology get() {
    return Planner.topology(instance(), settings);
  }

  /**
   * Defines twice.
   *
   * @throws Differs if the two are not the same
   * @throws DefinitionException if the definition is wrong or throws
   */
  Draft draft(int defaultParallelism) {
    Topology first = get();
    ExecutionPlan plan = Planner.plan(spec.name(), first, settings, defaultParallelism);
    ExecutionPlan again = Planner.plan(spec.name(), get(), settings, defaultParallelism);
    try {
      Planner.requireSame(plan, again);
    } catch (DefinitionException e) {
      throw new Differs(e.getMessage());
    }
    return new Draft(first, plan);
  }

  /** What was set at submission. */
  Settings settings() {
    return settings;
  }

  private StreamApplication instance() {
    Class<?> type = load();
    if (!StreamApplication.class.isAssignableFrom(type)) {
      throw new DefinitionException(
          "class %s of bundle %s does not implement %s"
              .formatted(spec.className(), bundle(), StreamApplication.class.getName()));
    }
    try {
      return (StreamApplication) type.getConstructor().newInstance();
    } catch (NoSuchMethodException e) {
      throw new DefinitionException(
          "class %s of bundle %s has no public constructor without parameters"
              .formatted(spec.className(), bundle()),
          e);
    } catch (InvocationTargetException e) {
      throw new DefinitionException(
          "the constructor of %s failed: %s".formatted(spec.className(), e.getCause()),
          e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new DefinitionException(
          "class %s of bundle %s can't be instantiated: %s"
              .formatted(spec.className(), bundle(), e),
          e);
    }
  }

  private Class<?> load() {
    try {
      return loader.loadClass(spec.className());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new DefinitionException(
          "class %s of bundle %s can't be loaded: %s".formatted(spec.className(), bundle(), e), e);
    }
  }

  private String bundle() {
    return spec.bundle().name() + " " + spec.bundle().version();
  }

  /** A plan without its splits, and the graph that it was made of. */
  record Draft(Topology topology, ExecutionPlan plan) {
    /**
     * Asks the sources for their splits and the sinks whether they can be written.
     *
     * @throws DefinitionException naming the source or sink that refused, and why
     */
    ExecutionPlan complete() {
      return SourceSplits.discover(topology, plan);
    }
  }

  /** Two runs of a definition do not agree. */
  static final class Differs extends DefinitionException {
    private static final long serialVersionUID = 1L;

    Differs(String message) {
      super(message);
    }
  }
}
