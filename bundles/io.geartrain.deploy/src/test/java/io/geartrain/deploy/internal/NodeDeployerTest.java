package io.geartrain.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.coordination.memory.InMemoryMetadataStore;
import io.geartrain.deploy.BundleInspector;
import io.geartrain.deploy.DesiredBundle;
import io.geartrain.deploy.DesiredState;
import io.geartrain.deploy.NodeBundle;
import io.geartrain.deploy.NodeReports;
import io.geartrain.spi.BundleProblem;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deploy folder, the desired state, the agent and the reports together, on a manual clock. */
class NodeDeployerTest {
  @TempDir Path folder;

  private final InMemoryMetadataStore metadata = new InMemoryEnsemble().connect(Runnable::run);
  private final DesiredState desired = new DesiredState(metadata);
  private final NodeReports reports = new NodeReports(metadata);
  private final AtomicBoolean requested = new AtomicBoolean();
  private BundleRepository store;
  private Path deploy;
  private NodeDeployer node;
  private long nowMs;

  @BeforeEach
  void open() throws Exception {
    deploy = Files.createDirectories(folder.resolve("deploy"));
    store = BundleRepository.open(folder.resolve("bundles"));
    metadata.watch(DesiredState.PATH, event -> requested.set(true));
    start();
  }

  @Test
  void shouldDeployWhatAppearsInTheFolder() throws Exception {
    jar("app", "1.0.0").write(deploy.resolve("app.jar"));

    turn();

    assertThat(report()).containsExactly("app 1.0.0 ACTIVE deploy-folder:app.jar");
    assertThat(desired.all()).extracting(DesiredBundle::selector).containsExactly("node-1");
  }

  @Test
  void shouldReplaceAndRemoveAsTheFileIs() throws Exception {
    jar("app", "1.0.0").write(deploy.resolve("app.jar"));
    turn();
    jar("app", "1.0.0").entry("more", "").write(deploy.resolve("app.jar"));
    turn();
    assertThat(reports.of("node-1"))
        .extracting(NodeBundle::digest)
        .containsExactly(BundleInspector.inspect(deploy.resolve("app.jar"), "").digest());

    Files.delete(deploy.resolve("app.jar"));
    turn();

    assertThat(report()).isEmpty();
    assertThat(desired.all()).isEmpty();
  }

  @Test
  void shouldWithdrawTheOldNameWhenTheFileHoldsAnother() throws Exception {
    jar("app", "1.0.0").write(deploy.resolve("x.jar"));
    turn();
    jar("other", "1.0.0").write(deploy.resolve("x.jar"));
    turn();

    assertThat(report()).containsExactly("other 1.0.0 ACTIVE deploy-folder:x.jar");
  }

  @Test
  void shouldWaitForAFileThatIsStillWritten() throws Exception {
    byte[] whole = Files.readAllBytes(jar("app", "1.0.0").write(folder.resolve("app.jar")));
    for (int part = 1; part < 5; part++) {
      Files.write(deploy.resolve("app.jar"), Arrays.copyOf(whole, whole.length * part / 5));
      turn();
      nowMs += DeployFolder.SETTLE_MS - 1;
      turn();
      assertThat(report()).isEmpty();
    }
    Files.write(deploy.resolve("app.jar"), whole);
    turn();

    assertThat(report()).containsExactly("app 1.0.0 ACTIVE deploy-folder:app.jar");
  }

  @Test
  void shouldReportABrokenFileAndForgetItWhenDeleted() throws Exception {
    jar("app", "1.0.0").write(deploy.resolve("app.jar"));
    Files.writeString(deploy.resolve("broken.jar"), "no zip");
    turn();
    nowMs += DeployFolder.SETTLE_MS;
    turn();

    assertThat(report())
        .containsExactly(
            "app 1.0.0 ACTIVE deploy-folder:app.jar",
            "broken.jar null BROKEN deploy-folder:broken.jar");
    assertThat(reports.of("node-1").get(1).error()).startsWith("broken.jar is no jar");

    Files.delete(deploy.resolve("broken.jar"));
    turn();
    assertThat(report()).containsExactly("app 1.0.0 ACTIVE deploy-folder:app.jar");
  }

  @Test
  void shouldKeepTheDeployedBundleWhenItsFileBreaks() throws Exception {
    jar("app", "1.0.0").write(deploy.resolve("app.jar"));
    turn();
    Files.writeString(deploy.resolve("app.jar"), "no zip");
    turn();
    nowMs += DeployFolder.SETTLE_MS;
    turn();

    assertThat(report())
        .containsExactly(
            "app 1.0.0 ACTIVE deploy-folder:app.jar", "app.jar null BROKEN deploy-folder:app.jar");
  }

  @Test
  void shouldNoticeWhatWasDeletedWhileTheNodeWasDown() throws Exception {
    jar("app", "1.0.0").write(deploy.resolve("app.jar"));
    jar("kept", "1.0.0").write(deploy.resolve("kept.jar"));
    turn();
    Files.delete(deploy.resolve("app.jar"));

    start();
    turn();

    assertThat(report()).containsExactly("kept 1.0.0 ACTIVE deploy-folder:kept.jar");
  }

  @Test
  void shouldStandBackForAnUploadUntilItIsRemoved() throws Exception {
    desired.put(upload("app", "2.0.0"));
    jar("app", "1.0.0").write(deploy.resolve("app.jar"));
    turn();

    assertThat(report())
        .containsExactly("app 2.0.0 ACTIVE upload", "app.jar null BROKEN deploy-folder:app.jar");
    assertThat(reports.of("node-1").get(1).error())
        .isEqualTo(
            "bundle app is deployed already in version 2.0.0, by upload for all nodes"
                + " (gear undeploy app); remove that first");

    desired.remove("app");
    nowMs += DeployFolder.SETTLE_MS;
    turn();
    assertThat(report()).containsExactly("app 1.0.0 ACTIVE deploy-folder:app.jar");
  }

  @Test
  void shouldTakeTheOtherFileWhenOneOfTwoGoes() throws Exception {
    jar("app", "1.0.0").write(deploy.resolve("app-1.jar"));
    turn();
    jar("app", "2.0.0").write(deploy.resolve("app-2.jar"));
    turn();
    assertThat(reports.of("node-1").get(1).error())
        .contains("by the file app-1.jar in the deploy folder of node node-1");

    Files.delete(deploy.resolve("app-1.jar"));
    turn();

    assertThat(report()).containsExactly("app 2.0.0 ACTIVE deploy-folder:app-2.jar");
  }

  @Test
  void shouldKeepABundleThatASecondFileHoldsToo() throws Exception {
    jar("app", "1.0.0").write(deploy.resolve("a.jar"));
    Files.copy(deploy.resolve("a.jar"), deploy.resolve("b.jar"));
    turn();
    Files.delete(deploy.resolve("b.jar"));
    turn();

    assertThat(report()).containsExactly("app 1.0.0 ACTIVE deploy-folder:a.jar");
  }

  @Test
  void shouldGoOnWhenTheStoreAnswersAgain() throws Exception {
    turn();
    metadata.disconnect();
    jar("app", "1.0.0").write(deploy.resolve("app.jar"));
    turn();
    metadata.reconnect();
    turn();

    assertThat(report()).containsExactly("app 1.0.0 ACTIVE deploy-folder:app.jar");
  }

  @Test
  void shouldRefuseOtherBytesUnderAKnownVersion() throws Exception {
    DesiredBundle first = upload("app", "1.0.0");
    assertThat(desired.put(first)).isTrue();
    assertThat(desired.put(first)).isFalse();
    DesiredBundle second =
        new DesiredBundle("app", "1.0.0", "ab".repeat(32), "upload", DesiredBundle.ALL);

    assertThatThrownBy(() -> desired.put(second))
        .hasMessageContaining("app 1.0.0 is deployed already with other bytes; raise its version")
        .isInstanceOfSatisfying(
            BundleProblem.class, p -> assertThat(p.code()).isEqualTo("bundle-conflict"));
    assertThat(desired.put(upload("app", "1.0.1"))).isTrue();
    assertThat(desired.all()).extracting(DesiredBundle::version).containsExactly("1.0.1");
  }

  @Test
  void shouldNotUndeployWhatAFileWouldBringBack() throws Exception {
    jar("app", "1.0.0").write(deploy.resolve("app.jar"));
    turn();

    assertThatThrownBy(() -> desired.remove("app"))
        .hasMessage(
            "bundle app comes from the deploy folder of node node-1; delete the file app.jar there");
    assertThatThrownBy(() -> desired.put(upload("app", "2.0.0")))
        .hasMessageContaining("by the file app.jar in the deploy folder of node node-1");
    assertThat(desired.remove("unknown")).isFalse();
  }

  private void start() {
    requested.set(true);
    BundleAgent agent =
        new BundleAgent("node-1", store, new FakeBundleSpace(), () -> requested.set(true));
    node =
        new NodeDeployer(
            "node-1",
            new DeployFolder(deploy, "node-1", store, desired),
            desired,
            reports,
            agent,
            requested);
  }

  private void turn() {
    node.turn(nowMs);
    node.turn(nowMs);
  }

  private DesiredBundle upload(String name, String version) throws Exception {
    Path jar = jar(name, version).write(folder.resolve("upload.jar"));
    try (InputStream bytes = Files.newInputStream(jar)) {
      store.put(bytes);
    }
    return DesiredBundle.uploaded(BundleInspector.inspect(jar, "upload.jar"));
  }

  private static TestJars jar(String name, String version) {
    return TestJars.bundle(name, version).entry("content", name + version);
  }

  private List<String> report() {
    return reports.of("node-1").stream()
        .map(b -> b.name() + " " + b.version() + " " + b.state() + " " + b.origin())
        .toList();
  }
}
