package io.geartrain.master.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.coordination.memory.InMemoryMetadataStore;
import io.geartrain.deploy.NodeBundle;
import io.geartrain.deploy.NodeReports;
import io.geartrain.protocol.BundleView;
import io.geartrain.spi.BundleProblem;
import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleLookupTest {
  private static final String OLD = "0a".repeat(32);
  private static final String NEW = "0b".repeat(32);

  @TempDir Path folder;

  private final InMemoryMetadataStore metadata = new InMemoryEnsemble().connect(Runnable::run);
  private final DeployedBundles bundles = new DeployedBundles(metadata, new FolderStore());

  @Test
  void shouldFindABundleByItsNameItsDigestOrItsApplication() throws Exception {
    jar(NEW, "com.example.words", "1.0.0");
    bundles.deploy(metadata, NEW, "words.jar");

    for (String name : List.of("com.example.words", NEW, "word-count")) {
      assertThat(bundles.find(name).digest()).as(name).isEqualTo(NEW);
    }
    assertThatThrownBy(() -> bundles.find("word"))
        .hasMessage("There is no bundle 'word'; there are: com.example.words")
        .isInstanceOfSatisfying(
            BundleProblem.class, p -> assertThat(p.code()).isEqualTo("unknown-bundle"));
  }

  @Test
  void shouldNotGuessBetweenBundlesWithTheSameApplication() throws Exception {
    jar(OLD, "com.example.first", "1.0.0");
    jar(NEW, "com.example.second", "1.0.0");
    bundles.deploy(metadata, OLD, "first.jar");
    bundles.deploy(metadata, NEW, "second.jar");

    assertThatThrownBy(() -> bundles.find("word-count")).isInstanceOf(BundleProblem.class);
  }

  @Test
  void shouldListWhatIsWantedBeforeWhatIsKeptForARunningApplication() throws Exception {
    jar(NEW, "words", "2.0.0");
    bundles.deploy(metadata, NEW, "words.jar");
    new NodeReports(metadata)
        .write(
            "node-1",
            List.of(
                reported("1.0.0", OLD, NodeBundle.State.REMOVING),
                reported("2.0.0", NEW, NodeBundle.State.ACTIVE)));

    List<BundleView> list = bundles.list(Set.of("node-1"), Map.of());

    assertThat(list)
        .extracting(view -> view.version() + " " + view.state())
        .containsExactly("2.0.0 ACTIVE", "1.0.0 REMOVING");
  }

  private static NodeBundle reported(String version, String digest, NodeBundle.State state) {
    return new NodeBundle(
        "words", version, digest, state, null, "upload", List.of(), List.of(), List.of());
  }

  private void jar(String digest, String name, String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", name);
    headers.putValue("Bundle-Version", version);
    headers.putValue("Provide-Capability", "gear.application;name=word-count;class=\"x.Words\"");
    try (OutputStream out = Files.newOutputStream(folder.resolve(digest));
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.putNextEntry(new ZipEntry("x/Words.class"));
    }
  }

  /** Finds what the test wrote. */
  private final class FolderStore implements BundleStore {
    @Override
    public Stored put(InputStream bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Path> find(String digest) {
      return Optional.of(folder.resolve(digest)).filter(Files::exists);
    }

    @Override
    public void remove(String digest) {
      throw new UnsupportedOperationException();
    }
  }
}
