package io.geartrain.master.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.deploy.DesiredBundle;
import io.geartrain.deploy.DesiredState;
import io.geartrain.deploy.NodeBundle;
import io.geartrain.deploy.NodeReports;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.BundleView.OnNode;
import io.geartrain.spi.BundleProblem;
import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployedBundlesTest {
  private static final String DIGEST = "ab".repeat(32);

  @TempDir Path folder;

  private final MetadataStore store = new InMemoryEnsemble().connect(Runnable::run);
  private final Map<String, Path> files = new HashMap<>();
  private final DeployedBundles bundles =
      new DeployedBundles(
          store,
          new BundleStore() {
            @Override
            public Stored put(InputStream bytes) {
              throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Path> find(String digest) {
              return Optional.ofNullable(files.get(digest));
            }

            @Override
            public void remove(String digest) {
              files.remove(digest);
            }
          });

  private void upload(String digest, String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "example.wordcount");
    main.putValue("Bundle-Version", version);
    Path file = folder.resolve(digest);
    try (OutputStream out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    }
    files.put(digest, file);
  }

  private static NodeBundle onNode(NodeBundle.State state, String error) {
    return new NodeBundle(
        "example.wordcount",
        "1.0.0",
        DIGEST,
        state,
        error,
        "upload",
        List.of("word-count"),
        List.of(),
        List.of("wc-1"));
  }

  private BundleView only(Set<String> nodes) {
    List<BundleView> views = bundles.list(nodes, Map.of(DIGEST, List.of("wc-2")));
    assertThat(views).hasSize(1);
    return views.get(0);
  }

  @Test
  void shouldFindByNameAndByDigest() throws Exception {
    upload(DIGEST, "1.0.0");
    assertThat(bundles.deploy(store, DIGEST, "wc.jar").created()).isTrue();
    assertThat(bundles.deploy(store, DIGEST, "wc.jar").created()).isFalse();

    assertThat(bundles.find("example.wordcount").digest()).isEqualTo(DIGEST);
    assertThat(bundles.find(DIGEST).name()).isEqualTo("example.wordcount");
  }

  @Test
  void shouldNameTheBundlesThatThereAre() throws Exception {
    BundleProblem none = catchThrowableOfType(BundleProblem.class, () -> bundles.find("x"));
    upload(DIGEST, "1.0.0");
    bundles.deploy(store, DIGEST, "wc.jar");
    BundleProblem some = catchThrowableOfType(BundleProblem.class, () -> bundles.find("x"));
    BundleProblem gone =
        catchThrowableOfType(BundleProblem.class, () -> bundles.undeploy(store, "x"));

    assertThat(none.code()).isEqualTo("unknown-bundle");
    assertThat(none).hasMessageContaining("none is deployed");
    assertThat(some).hasMessageContaining("there are: example.wordcount");
    assertThat(gone.code()).isEqualTo("unknown-bundle");
  }

  @Test
  void shouldRefuseOtherBytesUnderAKnownVersion() throws Exception {
    upload(DIGEST, "1.0.0");
    upload("cd".repeat(32), "1.0.0");
    bundles.deploy(store, DIGEST, "wc.jar");

    BundleProblem problem =
        catchThrowableOfType(
            BundleProblem.class, () -> bundles.deploy(store, "cd".repeat(32), "wc.jar"));

    assertThat(problem.code()).isEqualTo("bundle-conflict");
  }

  @Test
  void shouldRefuseBytesThatAreNotHere() {
    new DesiredState(store).put(new DesiredBundle("far", "1", DIGEST, "upload", "*"));

    BundleProblem problem = catchThrowableOfType(BundleProblem.class, () -> bundles.find("far"));

    assertThat(problem.code()).isEqualTo("unknown-bundle");
    assertThat(problem).hasMessageContaining("deploy it again");
  }

  @Test
  void shouldJoinWhatIsWantedWithWhatNodesHave() throws Exception {
    upload(DIGEST, "1.0.0");
    bundles.deploy(store, DIGEST, "wc.jar");
    assertThat(only(Set.of("node-1")).state()).isEqualTo("PENDING");

    new NodeReports(store).write("node-1", List.of(onNode(NodeBundle.State.ACTIVE, null)));
    new NodeReports(store).write("node-2", List.of(onNode(NodeBundle.State.BROKEN, "no x")));

    BundleView one = only(Set.of("node-1"));
    assertThat(one.state()).isEqualTo("ACTIVE");
    assertThat(one.error()).isNull();
    assertThat(one.applications()).containsExactly("word-count");
    assertThat(one.usedBy()).containsExactly("wc-1", "wc-2");
    BundleView both = only(Set.of("node-1", "node-2"));
    assertThat(both.state()).isEqualTo("BROKEN");
    assertThat(both.error()).isEqualTo("no x");
    assertThat(both.nodes())
        .containsExactlyInAnyOrder(
            new OnNode("node-1", "ACTIVE", null), new OnNode("node-2", "BROKEN", "no x"));
  }

  @Test
  void shouldListBrokenFilesThatNobodyWants() {
    new NodeReports(store)
        .write("node-1", List.of(NodeBundle.brokenFile("x.jar", "x.jar is no zip")));

    BundleView view = only(Set.of("node-1"));

    assertThat(view.name()).isEqualTo("x.jar");
    assertThat(view.digest()).isNull();
    assertThat(view.state()).isEqualTo("BROKEN");
    assertThat(view.origin()).isEqualTo("deploy-folder:x.jar");
  }

  @Test
  void shouldUndeploy() throws Exception {
    upload(DIGEST, "1.0.0");
    bundles.deploy(store, DIGEST, "wc.jar");

    bundles.undeploy(store, "example.wordcount");

    assertThat(bundles.list(Set.of("node-1"), Map.of())).isEmpty();
  }
}
