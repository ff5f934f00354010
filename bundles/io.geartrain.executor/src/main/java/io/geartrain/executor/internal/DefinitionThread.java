package io.geartrain.executor.internal;

import io.geartrain.executor.internal.Definition.Draft;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.Failure;
import io.geartrain.spi.ApplicationBundles;
import io.geartrain.spi.ApplicationBundles.Pin;
import io.geartrain.spi.BundleProblem;

/**
 * Runs a definition on a thread of its own, which is left behind as a daemon if user code never
 * returns. Holds the application's revision itself until it has ended.
 */
final class DefinitionThread {
  private static final String DEPLOY = "deploy the bundle again, then submit again";
  private static final String CORRECT = "correct what the message names, then submit again";
  private static final String DETERMINE =
      "take clocks, random numbers, static counters and files out of define()";

  /** Hears how it goes; called on the definition's thread. */
  interface Listener {
    /** Both runs agree; the splits are being looked for. */
    void onDefined();

    /** The plan with its splits. */
    void onPlanned(ExecutionPlan plan);

    /** There is no plan. */
    void onFailed(Failure failure);
  }

  private final ApplicationSpec spec;
  private final ApplicationBundles bundles;
  private final LeftSplits left;
  private final PinHolder holder;
  private final Thread thread;
  private volatile ClassLoader loader;
  private volatile String doing = "installing the bundle";

  /**
   * Starts at once.
   *
   * @param left what the sources have to go on with
   */
  DefinitionThread(
      ApplicationSpec spec,
      int defaultParallelism,
      ApplicationBundles bundles,
      LeftSplits left,
      PinHolder holder,
      Listener listener) {
    this.spec = spec;
    this.bundles = bundles;
    this.left = left;
    this.holder = holder;
    this.thread = new Thread(() -> run(defaultParallelism, listener), "gear-define-" + spec.id());
    this.thread.setDaemon(true);
    this.thread.start();
  }

  private void run(int defaultParallelism, Listener listener) {
    Pin pin;
    try {
      pin = bundles.pin(spec.bundle().digest(), spec.id());
    } catch (BundleProblem e) {
      listener.onFailed(Failures.definition(e.code(), e, null, DEPLOY));
      return;
    } catch (RuntimeException | Error e) {
      listener.onFailed(Failures.definition("definition-failed", e, null, DEPLOY));
      return;
    }
    boolean kept = false;
    try {
      loader = pin.classLoader();
      Thread.currentThread().setContextClassLoader(loader);
      doing = "define() of " + spec.className();
      Draft draft = new Definition(spec, pin.classLoader()).draft(defaultParallelism);
      doing = "looking for the splits of the sources and checking the sinks";
      listener.onDefined();
      ExecutionPlan plan = draft.complete();
      draft.validateRemaining(left.of(loader));
      holder.offer(pin);
      kept = true;
      listener.onPlanned(plan);
    } catch (Definition.Differs e) {
      listener.onFailed(Failures.definition("definition-differs", e, pin.classLoader(), DETERMINE));
    } catch (Throwable e) {
      // a LinkageError of user code must not reach the actor system
      listener.onFailed(Failures.definition("definition-failed", e, pin.classLoader(), CORRECT));
    } finally {
      if (!kept) {
        pin.close();
      }
    }
  }

  /** Stops to wait for it: interrupts it, and tells where it was. */
  Failure giveUp(long timeoutMs) {
    StackTraceElement[] stack = thread.getStackTrace();
    thread.interrupt();
    return Failures.stuck(
        "definition-timeout",
        null,
        "%s has not returned within %d ms".formatted(doing, timeoutMs),
        stack,
        loader,
        "define() must only describe the graph; open files and sockets in sources and sinks");
  }

  /** Interrupts it; no effect if it has ended. */
  void abandon() {
    thread.interrupt();
  }
}
