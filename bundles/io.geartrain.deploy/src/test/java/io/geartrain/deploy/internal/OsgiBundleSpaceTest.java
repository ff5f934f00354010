package io.geartrain.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.coordination.memory.InMemoryMetadataStore;
import io.geartrain.deploy.BundleInspector;
import io.geartrain.deploy.DesiredBundle;
import io.geartrain.deploy.NodeBundle;
import io.geartrain.deploy.NodeReports;
import io.geartrain.deploy.internal.sample.FailingActivator;
import io.geartrain.deploy.internal.sample.HangingActivator;
import io.geartrain.deploy.internal.sample.SchedulerActivator;
import io.geartrain.deploy.internal.sample.Thing;
import io.geartrain.spi.ApplicationBundles.Pin;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** The agent on a real framework. */
class OsgiBundleSpaceTest {
  private static final String SAMPLE = "io.geartrain.deploy.internal.sample";
  private static final String THING = SAMPLE + ".Thing";

  @TempDir Path folder;

  private Framework framework;
  private BundleContext context;
  private OsgiBundleSpace space;
  private BundleRepository store;
  private BundleAgent agent;

  @BeforeEach
  void boot() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("cache").toString(),
                    "felix.log.level",
                    "0",
                    "gear.node.id",
                    "node-1",
                    "gear.data",
                    folder.toString(),
                    "gear.deploy",
                    folder.resolve("deploy").toString()));
    framework.start();
    context = framework.getBundleContext();
    space = new OsgiBundleSpace(context, Duration.ofMillis(500));
    store = BundleRepository.open(folder.resolve("bundles"));
    agent = new BundleAgent("node-1", store, space, () -> {});
  }

  @AfterEach
  void halt() throws Exception {
    framework.stop();
    framework.waitForStop(5_000);
  }

  @Test
  void shouldStartABundleAndTellItsSchedulers() throws Exception {
    DesiredBundle bundle = scheduler("1.0.0");

    List<NodeBundle> report = agent.converge(List.of(bundle));

    assertThat(report).extracting(NodeBundle::error).containsOnlyNulls();
    assertThat(report).extracting(NodeBundle::state).containsExactly(NodeBundle.State.ACTIVE);
    assertThat(report.get(0).schedulers()).containsExactly("sample");
  }

  @Test
  void shouldTakeAwayTheServicesOfAPinnedRevisionButNotItsClasses() throws Exception {
    DesiredBundle bundle = scheduler("1.0.0");
    agent.converge(List.of(bundle));
    try (Pin pin = agent.pin(bundle.digest(), "app-1")) {
      List<NodeBundle> report = agent.converge(List.of());

      assertThat(report).extracting(NodeBundle::state).containsExactly(NodeBundle.State.REMOVING);
      assertThat(report.get(0).schedulers()).isEmpty();
      assertThat(pin.classLoader().loadClass(THING).getClassLoader()).isSameAs(pin.classLoader());
    }
    assertThat(agent.converge(List.of())).isEmpty();
    assertThat(space.installed()).isEmpty();
  }

  @Test
  void shouldHoldRevisionsOfOneNameAndVersionSideBySide() throws Exception {
    DesiredBundle first = stored(TestJars.bundle("app", "1.0.0").classOf(Thing.class));
    DesiredBundle second =
        stored(TestJars.bundle("app", "1.0.0").classOf(Thing.class).entry("more", ""));

    try (Pin one = agent.pin(first.digest(), "app-1");
        Pin two = agent.pin(second.digest(), "app-2")) {
      assertThat(one.classLoader().loadClass(THING))
          .isNotSameAs(two.classLoader().loadClass(THING));
    }
  }

  @Test
  void shouldNameTheMissingPackageAndRecoverWhenItComes() throws Exception {
    DesiredBundle user =
        stored(
            TestJars.bundle("user", "1.0.0")
                .header(
                    "Import-Package",
                    "com.foo;version=\"[1,2)\",com.bar;resolution:=optional,org.osgi.framework"));

    List<NodeBundle> report = agent.converge(List.of(user));

    assertThat(report).extracting(NodeBundle::state).containsExactly(NodeBundle.State.BROKEN);
    assertThat(report.get(0).error())
        .isEqualTo(
            "needs package com.foo [1.0.0,2.0.0), which no bundle exports: deploy the bundle that"
                + " exports it, or include it (Bundle-ClassPath or -includepackage in bnd)");

    DesiredBundle provider =
        stored(
            TestJars.bundle("provider", "1.0.0")
                .header("Export-Package", "com.foo;version=1.5")
                .entry("com/foo/x", ""));
    assertThat(agent.converge(List.of(user, provider)))
        .extracting(NodeBundle::state)
        .containsOnly(NodeBundle.State.ACTIVE);
  }

  @Test
  void shouldReportAnActivatorThatFailsOrNeverReturns() throws Exception {
    DesiredBundle failing = activated("failing", "1.0.0", FailingActivator.class);
    DesiredBundle hanging = activated("hanging", "1.0.0", HangingActivator.class);

    List<NodeBundle> report = agent.converge(List.of(failing, hanging, scheduler("1.0.0")));

    assertThat(report)
        .extracting(NodeBundle::error)
        .containsExactly(
            "can't start (its activator "
                + SAMPLE
                + ".FailingActivator): java.lang.NoClassDefFoundError: com/foo/Missing",
            "did not start within 500 ms; its activator does not return",
            null);
  }

  @Test
  void shouldResolveAFragmentWithoutStartingIt() throws Exception {
    DesiredBundle fragment =
        stored(TestJars.bundle("fragment", "1.0.0").header("Fragment-Host", "host"));

    assertThat(agent.converge(List.of(fragment)).get(0).error())
        .isEqualTo("is a fragment of bundle host, which is not there: deploy that");

    DesiredBundle host = stored(TestJars.bundle("host", "1.0.0"));
    assertThat(agent.converge(List.of(host, fragment)))
        .extracting(NodeBundle::state)
        .containsExactly(NodeBundle.State.RESOLVED, NodeBundle.State.ACTIVE);
  }

  @Test
  void shouldRewireUsersOfAReplacedLibraryUnlessPinned() throws Exception {
    DesiredBundle user = stored(TestJars.bundle("user", "1.0.0").header("Import-Package", SAMPLE));
    DesiredBundle old = library("1.0.0");
    DesiredBundle next = library("2.0.0");
    agent.converge(List.of(user, old));

    try (Pin pin = agent.pin(user.digest(), "app-1")) {
      Class<?> before = pin.classLoader().loadClass(THING);
      agent.converge(List.of(user, next));
      assertThat(pin.classLoader().loadClass(THING)).isSameAs(before);
    }
    List<NodeBundle> report = agent.converge(List.of(user, next));

    assertThat(report).extracting(NodeBundle::state).containsOnly(NodeBundle.State.ACTIVE);
    try (Pin pin = agent.pin(user.digest(), "app-2");
        Pin library = agent.pin(next.digest(), "app-2")) {
      assertThat(pin.classLoader().loadClass(THING))
          .isSameAs(library.classLoader().loadClass(THING));
    }
  }

  @Test
  void shouldNotTakeTheNameOfAPlatformBundle() throws Exception {
    DesiredBundle impostor = stored(TestJars.bundle("org.apache.felix.framework", "9.0.0"));

    assertThat(agent.converge(List.of(impostor)).get(0).error())
        .startsWith("org.apache.felix.framework is the name of a bundle of the platform");
  }

  @Test
  void shouldRunAsAComponentFromFileToService() throws Exception {
    space.close();
    ExecutorService events = Executors.newSingleThreadExecutor();
    InMemoryMetadataStore metadata = new InMemoryEnsemble().connect((Executor) events::execute);
    NodeReports reports = new NodeReports(metadata);
    BundleAgentComponent component = new BundleAgentComponent(context, metadata, store);
    try {
      Path jar = schedulerJar("1.0.0").write(folder.resolve("new.jar"));
      Path deployed = folder.resolve("deploy/scheduler.jar");
      Files.move(jar, deployed, StandardCopyOption.ATOMIC_MOVE);
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(reports.of("node-1"))
                      .extracting(b -> b.state() + " " + b.schedulers())
                      .containsExactly("ACTIVE [sample]"));
      Files.delete(deployed);
      await().atMost(Duration.ofSeconds(10)).until(() -> reports.of("node-1").isEmpty());
      assertThat(context.getServiceReferences(Runnable.class, "(gear.scheduler=*)")).isEmpty();
      assertThatThrownBy(() -> component.pin("ab".repeat(32), "app-1"))
          .hasMessageContaining("deploy the bundle again");
    } finally {
      component.deactivate();
      events.shutdown();
    }
  }

  private DesiredBundle scheduler(String version) throws Exception {
    return stored(schedulerJar(version));
  }

  private static TestJars schedulerJar(String version) {
    return activatedJar("scheduler", version, SchedulerActivator.class).classOf(Thing.class);
  }

  private DesiredBundle activated(String name, String version, Class<?> activator)
      throws Exception {
    return stored(activatedJar(name, version, activator));
  }

  private static TestJars activatedJar(String name, String version, Class<?> activator) {
    return TestJars.bundle(name, version)
        .header("Bundle-Activator", activator.getName())
        .header("Import-Package", "org.osgi.framework")
        .classOf(activator);
  }

  private DesiredBundle library(String version) throws Exception {
    return stored(
        TestJars.bundle("library", version)
            .header("Export-Package", SAMPLE + ";version=" + version)
            .classOf(Thing.class));
  }

  private DesiredBundle stored(TestJars content) throws Exception {
    Path jar = content.write(folder.resolve("new.jar"));
    try (InputStream bytes = Files.newInputStream(jar)) {
      store.put(bytes);
    }
    return DesiredBundle.uploaded(BundleInspector.inspect(jar, "new.jar"));
  }
}
