package io.geartrain.launcher;

import io.geartrain.features.FeatureException;
import io.geartrain.features.FeatureInstaller;
import io.geartrain.features.InstalledFeature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.slf4j.LoggerFactory;

/**
 * The framework with the features of a node. Started by the main thread, stopped by any: the
 * shutdown hook, a bundle, or the main thread after a failure.
 */
final class Node {
  private static final int FINAL_START_LEVEL = 100;
  private static final long STOP_POLL_MS = 100;
  private static final String READINESS = "gear.readiness";

  private final Framework framework;
  private final FrameworkLog log;
  private final FeatureInstaller installer;

  private Node(Framework framework, FrameworkLog log, FeatureInstaller installer) {
    this.framework = framework;
    this.log = log;
    this.installer = installer;
  }

  /** Prepares the framework; nothing runs yet. */
  static Node create(Path system, Map<String, String> settings) throws LaunchException {
    FrameworkLog log = new FrameworkLog();
    Map<String, Object> configuration = new HashMap<>(settings);
    configuration.put("felix.log.logger", log);
    @SuppressWarnings({"unchecked", "rawtypes"}) // the logger travels as an object among the texts
    Map<String, String> raw = (Map) configuration;
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(raw);
    try {
      framework.init(log);
    } catch (BundleException e) {
      throw new LaunchException("the OSGi framework does not start: " + e.getMessage(), e);
    }
    BundleContext context = framework.getBundleContext();
    context.addFrameworkListener(log);
    FeatureInstaller installer = new FeatureInstaller(context, system, settings);
    context.registerService(FeatureInstaller.class, installer, null);
    return new Node(framework, log, installer);
  }

  /** Installs the features, then raises the start level until all of their bundles run. */
  void start(List<Path> features) throws LaunchException, InterruptedException {
    try {
      for (Path feature : features) {
        installer.install(feature);
      }
      framework.start();
      installer.configure();
    } catch (FeatureException e) {
      throw new LaunchException(e.getMessage(), e);
    } catch (BundleException e) {
      throw new LaunchException("the OSGi framework does not start: " + e.getMessage(), e);
    }
    CountDownLatch reached = new CountDownLatch(1);
    framework
        .adapt(FrameworkStartLevel.class)
        .setStartLevel(FINAL_START_LEVEL, event -> reached.countDown());
    while (!reached.await(STOP_POLL_MS, TimeUnit.MILLISECONDS)) {
      if (!isRunning()) {
        return;
      }
    }
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** The parts that the features of this node promise, in the order of the features. */
  List<String> expectedParts() {
    return installer.features().stream()
        .map(InstalledFeature::variables)
        .flatMap(variables -> Stream.of(variables.getOrDefault(READINESS, "").split(",")))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  /** What went wrong while the bundles started, one line each; empty if all is well. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(log.errors());
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      String name = String.valueOf(bundle.getSymbolicName());
      if (bundle.getState() == Bundle.INSTALLED
          && problems.stream().noneMatch(line -> line.startsWith(name + ":"))) {
        problems.add(name + ": not resolved");
      }
    }
    return problems;
  }

  boolean isRunning() {
    return framework.getState() == Bundle.ACTIVE || framework.getState() == Bundle.STARTING;
  }

  void awaitStop() throws InterruptedException {
    framework.waitForStop(0);
  }

  /**
   * Stops all bundles and the framework.
   *
   * @return whether it was down within the time
   */
  boolean stop(long timeoutMs) {
    log.expectStop();
    try {
      framework.stop();
      framework.waitForStop(timeoutMs);
      return framework.getState() != Bundle.STOPPING && !isRunning();
    } catch (BundleException e) {
      LoggerFactory.getLogger(Node.class).error("The framework does not stop", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
