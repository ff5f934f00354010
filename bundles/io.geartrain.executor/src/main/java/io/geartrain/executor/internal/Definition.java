package io.geartrain.executor.internal;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.Settings;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Topology;
import io.geartrain.plan.ErrorText;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.Planner;
import io.geartrain.plan.SourceSplits;
import io.geartrain.protocol.ApplicationSpec;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs the definition of an application from its own class loader, each time on a fresh instance.
 * Immutable; runs user code on the caller's thread.
 */
public final class Definition implements Supplier<Topology> {
  private final ApplicationSpec spec;
  private final Supplier<StreamApplication> instances;
  private final Settings settings;

  /** By the class that the application names. */
  Definition(ApplicationSpec spec, ClassLoader loader) {
    this(spec, () -> instance(spec, loader));
  }

  /**
   * By instances that somebody makes.
   *
   * @param instances a fresh one each time
   */
  public Definition(ApplicationSpec spec, Supplier<StreamApplication> instances) {
    this.spec = spec;
    this.instances = instances;
    this.settings = Settings.of(spec.settings());
  }

  /**
   * Defines once more.
   *
   * @throws DefinitionException if the definition is wrong or throws
   */
  @Override
  public Topology get() {
    return Planner.topology(instances.get(), settings);
  }

  /**
   * Defines twice.
   *
   * @throws Differs if the two are not the same
   * @throws DefinitionException if the definition is wrong or throws
   */
  public Draft draft(int defaultParallelism) {
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

  private static StreamApplication instance(ApplicationSpec spec, ClassLoader loader) {
    Class<?> type = load(spec, loader);
    if (!StreamApplication.class.isAssignableFrom(type)) {
      throw new DefinitionException(
          "class %s of bundle %s does not implement %s"
              .formatted(spec.className(), bundle(spec), StreamApplication.class.getName()));
    }
    try {
      return (StreamApplication) type.getConstructor().newInstance();
    } catch (NoSuchMethodException e) {
      throw new DefinitionException(
          "class %s of bundle %s has no public constructor without parameters"
              .formatted(spec.className(), bundle(spec)),
          e);
    } catch (InvocationTargetException e) {
      throw new DefinitionException(
          "the constructor of %s failed: %s"
              .formatted(spec.className(), ErrorText.of(e.getCause())),
          e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new DefinitionException(
          "class %s of bundle %s can't be instantiated: %s"
              .formatted(spec.className(), bundle(spec), ErrorText.of(e)),
          e);
    }
  }

  private static Class<?> load(ApplicationSpec spec, ClassLoader loader) {
    try {
      return loader.loadClass(spec.className());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new DefinitionException(
          "class %s of bundle %s can't be loaded: %s"
              .formatted(spec.className(), bundle(spec), ErrorText.of(e)),
          e);
    }
  }

  private static String bundle(ApplicationSpec spec) {
    return spec.bundle().name() + " " + spec.bundle().version();
  }

  /** A plan without its splits, and the graph that it was made of. */
  public record Draft(Topology topology, ExecutionPlan plan) {
    /**
     * Asks the sources for their splits and the sinks whether they can be written.
     *
     * @throws DefinitionException naming the source or sink that refused, and why
     */
    public ExecutionPlan complete() {
      return SourceSplits.discover(topology, plan);
    }

    /**
     * Asks the sources whether they can go on where others have left off.
     *
     * @param left splits by the id of the source
     * @throws DefinitionException naming the source that can't, and why
     */
    public void validateRemaining(Map<String, List<SourceSplit>> left) {
      SourceSplits.validateRemaining(topology, left);
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
