package io.geartrain.security.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  @TempDir Path data;

  private final Secrets secrets = new Secrets(new SecureRandom());

  private Path path() {
    return data.resolve("security").resolve("token");
  }

  @Test
  void shouldCreateAFileForItsOwnerAlone() throws IOException {
    String token = new TokenFile(path(), secrets).readOrCreate();

    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    assertThat(permissions(path())).isEqualTo("rw-------");
    assertThat(permissions(path().getParent())).isEqualTo("rwx------");
    try (var files = Files.list(path().getParent())) {
      assertThat(files).containsExactly(path());
    }
  }

  @Test
  void shouldKeepTheTokenOverRestarts() throws IOException {
    String token = new TokenFile(path(), secrets).readOrCreate();

    assertThat(new TokenFile(path(), secrets).readOrCreate()).isEqualTo(token);
  }

  @Test
  void shouldCloseAFileThatIsOpenToOthers() throws IOException {
    String token = new TokenFile(path(), secrets).readOrCreate();
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(new TokenFile(path(), secrets).readOrCreate()).isEqualTo(token);

    assertThat(permissions(path())).isEqualTo("rw-------");
  }

  @Test
  void shouldRefuseAnEmptyFileAndSayWhatToDo() throws IOException {
    Files.createDirectories(path().getParent());
    Files.writeString(path(), "\n");

    assertThatThrownBy(() -> new TokenFile(path(), secrets).readOrCreate())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Delete the file");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
