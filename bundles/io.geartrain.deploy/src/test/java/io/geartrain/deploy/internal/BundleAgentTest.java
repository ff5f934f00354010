package io.geartrain.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.deploy.BundleInspector;
import io.geartrain.deploy.DesiredBundle;
import io.geartrain.deploy.NodeBundle;
import io.geartrain.deploy.NodeBundle.State;
import io.geartrain.spi.ApplicationBundles.Pin;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleProblem;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleAgentTest {
  @TempDir Path folder;

  private final FakeBundleSpace space = new FakeBundleSpace();
  private final AtomicInteger released = new AtomicInteger();
  private BundleRepository store;
  private BundleAgent agent;

  @BeforeEach
  void open() throws Exception {
    store = BundleRepository.open(folder.resolve("bundles"));
    agent = newAgent();
  }

  @Test
  void shouldInstallAndStartWhatIsWanted() throws Exception {
    DesiredBundle app = stored("app", "1.0.0");

    List<NodeBundle> report = agent.converge(List.of(app));

    assertThat(report)
        .containsExactly(
            new NodeBundle(
                "app",
                "1.0.0",
                app.digest(),
                State.ACTIVE,
                null,
                "upload",
                List.of("job"),
                List.of(),
                List.of()));
    assertThat(agent.converge(List.of(app))).isEqualTo(report);
    assertThat(space.log).containsExactly("install " + at(app), "start " + at(app));
  }

  @Test
  void shouldStartTheNewRevisionBeforeItStopsTheOld() throws Exception {
    DesiredBundle old = stored("app", "1.0.0");
    DesiredBundle next = stored("app", "1.1.0");
    agent.converge(List.of(old));
    space.log.clear();

    List<NodeBundle> report = agent.converge(List.of(next));

    assertThat(space.log)
        .containsExactly(
            "install " + at(next), "start " + at(next), "stop " + at(old), "uninstall " + at(old));
    assertThat(report).extracting(NodeBundle::version).containsExactly("1.1.0");
  }

  @Test
  void shouldKeepTheOldRevisionUpWhileItsSuccessorIsBroken() throws Exception {
    DesiredBundle old = stored("app", "1.0.0");
    DesiredBundle next = stored("app", "1.1.0");
    space.unresolvable.add(next.digest());
    agent.converge(List.of(old));

    assertThat(states(agent.converge(List.of(next))))
        .containsExactly("app 1.0.0 ACTIVE", "app 1.1.0 BROKEN");
    space.unresolvable.clear();

    assertThat(states(agent.converge(List.of(next)))).containsExactly("app 1.1.0 ACTIVE");
  }

  @Test
  void shouldStopButKeepAPinnedRevision() throws Exception {
    DesiredBundle app = stored("app", "1.0.0");
    agent.converge(List.of(app));
    Pin pin = agent.pin(app.digest(), "job-7f3a");
    space.log.clear();

    List<NodeBundle> report = agent.converge(List.of());

    assertThat(states(report)).containsExactly("app 1.0.0 REMOVING");
    assertThat(report.get(0).pinnedBy()).containsExactly("job-7f3a");
    assertThat(space.log).containsExactly("stop " + at(app));

    pin.close();
    pin.close();

    assertThat(released).hasValue(1);
    assertThat(agent.converge(List.of())).isEmpty();
    assertThat(space.log).containsExactly("stop " + at(app), "uninstall " + at(app));
  }

  @Test
  void shouldInstallWhatIsPinnedThoughNotWanted() throws Exception {
    DesiredBundle app = stored("app", "1.0.0");

    Pin pin = agent.pin(app.digest(), "job-7f3a");

    assertThat(pin.description().name()).isEqualTo("app");
    assertThat(space.log).containsExactly("install " + at(app));
    assertThat(states(agent.converge(List.of()))).containsExactly("app 1.0.0 REMOVING");
    pin.close();
    assertThat(agent.converge(List.of())).isEmpty();
  }

  @Test
  void shouldRefuseToPinWhatIsNotHereOrLacksSomething() throws Exception {
    DesiredBundle app = stored("app", "1.0.0");
    space.unresolvable.add(app.digest());

    assertThatThrownBy(() -> agent.pin("ab".repeat(32), "job"))
        .isInstanceOfSatisfying(
            BundleProblem.class, p -> assertThat(p.code()).isEqualTo("unknown-bundle"));
    assertThatThrownBy(() -> agent.pin(app.digest(), "job"))
        .hasMessage("bundle app 1.0.0: needs package com.foo")
        .isInstanceOfSatisfying(
            BundleProblem.class, p -> assertThat(p.code()).isEqualTo("bundle-missing-package"));
    assertThat(agent.report()).isEmpty();
    assertThat(space.revisions).isEmpty();
  }

  @Test
  void shouldDisturbNoOtherBundleByABrokenOne() throws Exception {
    DesiredBundle broken = stored("a-broken", "1.0.0");
    DesiredBundle failing = stored("b-failing", "1.0.0");
    DesiredBundle good = stored("c-good", "1.0.0");
    DesiredBundle absent =
        new DesiredBundle("d-absent", "1.0.0", "ab".repeat(32), "upload", DesiredBundle.ALL);
    DesiredBundle impostor = stored("io.geartrain.api", "9.0.0");
    space.unresolvable.add(broken.digest());
    space.failing.add(failing.digest());
    space.platform.add("io.geartrain.api");

    List<NodeBundle> report = agent.converge(List.of(broken, failing, good, absent, impostor));

    assertThat(states(report))
        .containsExactly(
            "a-broken 1.0.0 BROKEN",
            "b-failing 1.0.0 BROKEN",
            "c-good 1.0.0 ACTIVE",
            "d-absent 1.0.0 PENDING",
            "io.geartrain.api 9.0.0 BROKEN");
    assertThat(report)
        .extracting(NodeBundle::error)
        .containsExactly(
            "needs package com.foo",
            "can't start: boom",
            null,
            "its bytes are not on this node yet",
            "io.geartrain.api is the name of a bundle of the platform; give yours another");
  }

  @Test
  void shouldTryAgainWhatMayResolveButNotWhatFailed() throws Exception {
    DesiredBundle broken = stored("broken", "1.0.0");
    DesiredBundle failing = stored("failing", "1.0.0");
    space.unresolvable.add(broken.digest());
    space.failing.add(failing.digest());
    agent.converge(List.of(broken, failing));
    space.unresolvable.clear();
    space.log.clear();

    List<NodeBundle> report = agent.converge(List.of(broken, failing));

    assertThat(states(report)).containsExactly("broken 1.0.0 ACTIVE", "failing 1.0.0 BROKEN");
    assertThat(space.log).containsExactly("start " + at(broken));
  }

  @Test
  void shouldLeaveOutWhatIsForOtherNodes() throws Exception {
    DesiredBundle app = stored("app", "1.0.0");
    DesiredBundle elsewhere =
        new DesiredBundle("app", "1.0.0", app.digest(), "deploy-folder:app.jar", "node-2");

    assertThat(agent.converge(List.of(elsewhere))).isEmpty();
  }

  @Test
  void shouldAdoptWhatAnEarlierAgentInstalled() throws Exception {
    DesiredBundle app = stored("app", "1.0.0");
    DesiredBundle other = stored("other", "1.0.0");
    List<NodeBundle> report = agent.converge(List.of(app, other));
    space.log.clear();

    agent = newAgent();

    assertThat(agent.converge(List.of(app))).containsExactly(report.get(0));
    assertThat(space.log).containsExactly("stop " + at(other), "uninstall " + at(other));
  }

  @Test
  void shouldInstallAgainWhatSomebodyElseUninstalled() throws Exception {
    DesiredBundle app = stored("app", "1.0.0");
    List<NodeBundle> report = agent.converge(List.of(app));
    space.revisions.get(app.digest()).uninstall();

    assertThat(agent.converge(List.of(app))).isEqualTo(report);
  }

  private BundleAgent newAgent() {
    return new BundleAgent("node-1", store, space, released::incrementAndGet);
  }

  private DesiredBundle stored(String name, String version) throws Exception {
    Path jar =
        TestJars.bundle(name, version)
            .application("job", "x.Job")
            .entry("x/Job.class", "")
            .write(folder.resolve("new.jar"));
    BundleDescription description = BundleInspector.inspect(jar, "new.jar");
    try (InputStream bytes = Files.newInputStream(jar)) {
      store.put(bytes);
    }
    return DesiredBundle.uploaded(description);
  }

  private static String at(DesiredBundle bundle) {
    return bundle.digest().substring(0, 4);
  }

  private static List<String> states(List<NodeBundle> report) {
    return report.stream().map(b -> b.name() + " " + b.version() + " " + b.state()).toList();
  }
}
