package io.geartrain.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.spi.BundleStore.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRepositoryTest {
  private static final String DIGEST_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void shouldKeepBytesByTheirDigest() throws Exception {
    BundleRepository repository = BundleRepository.open(folder.resolve("bundles"));

    Stored first = repository.put(new ByteArrayInputStream("abc".getBytes()));
    Stored again = repository.put(new ByteArrayInputStream("abc".getBytes()));

    assertThat(first).isEqualTo(new Stored(DIGEST_OF_ABC, 3)).isEqualTo(again);
    assertThat(repository.find(DIGEST_OF_ABC).orElseThrow()).hasContent("abc");
    repository.remove(DIGEST_OF_ABC);
    assertThat(repository.find(DIGEST_OF_ABC)).isEmpty();
    assertThat(folder.resolve("bundles")).isEmptyDirectory();
  }

  @Test
  void shouldLeaveNothingOfAnUploadThatBreaksOff() throws Exception {
    BundleRepository repository = BundleRepository.open(folder);
    InputStream broken =
        new InputStream() {
          private int left = 1_000;

          @Override
          public int read() {
            throw new AssertionError("reads in bulk");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left-- == 0) {
              throw new IOException("connection reset");
            }
            return Math.min(length, 100);
          }
        };

    assertThatThrownBy(() -> repository.put(broken)).hasMessage("connection reset");

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldDropWhatWasArrivingWhenTheNodeDied() throws Exception {
    Files.writeString(folder.resolve("bundle-123.part"), "half");

    BundleRepository.open(folder);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldNotTakePathsForDigests() throws Exception {
    BundleRepository repository = BundleRepository.open(folder.resolve("bundles"));
    Path secret = Files.writeString(folder.resolve("secret.jar"), "x");

    assertThat(repository.find("../secret")).isEmpty();
    repository.remove("../secret");

    assertThat(secret).exists();
  }
}
