package io.geartrain.console.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.geartrain.client.ClusterException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Deploying a bundle that is sent in the body. */
class UploadTest extends ServletFixture {

  private static final String DIGEST_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void shouldDeployAnUpload() throws Exception {
    HttpResponse<String> response = send(upload(BodyPublishers.ofByteArray(new byte[0])));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Location")).contains("/api/v1/bundles/word.count");
    assertThat(cluster.asked).containsExactly("deploy " + DIGEST_OF_NOTHING + " app.jar by admin");
  }

  @Test
  void shouldKeepNothingOfARefusedUpload() throws Exception {
    cluster.refusal = new ClusterException("bundle-not-a-zip", "app.jar is no jar", null);

    assertProblem(send(upload(BodyPublishers.ofByteArray(new byte[0]))), 422, "bundle-not-a-zip");

    assertThat(store.removed).isEqualTo(DIGEST_OF_NOTHING);
  }

  @Test
  void shouldKeepTheBytesThatSomebodyUses() throws Exception {
    cluster.refusal = new ClusterException("bundle-conflict", "other bytes", null);
    cluster.deployedDigest = DIGEST_OF_NOTHING;

    assertProblem(send(upload(BodyPublishers.ofByteArray(new byte[0]))), 409, "bundle-conflict");

    assertThat(store.removed).isNull();
  }

  @Test
  void shouldStreamALargeUploadWithoutKeepingItInMemory() throws Exception {
    long size = 200L << 20;
    InputStream generated = new Zeros(size);

    HttpResponse<String> response = send(upload(BodyPublishers.ofInputStream(() -> generated)));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    assertThat(store.sizeBytes).isEqualTo(size);
    assertThat(Runtime.getRuntime().maxMemory())
        .as("the tests run with a heap in which the upload has no room")
        .isLessThan(size);
  }

  @Test
  void shouldRefuseAnUploadThatIsTooLarge() throws Exception {
    InputStream generated = new Zeros(301_000_000);

    assertProblem(send(upload(BodyPublishers.ofInputStream(() -> generated))), 413, "bad-request");
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void shouldTellThatTheDiskIsFull() throws Exception {
    store.failure = new IOException("No space left on device");

    assertProblem(send(upload(BodyPublishers.ofByteArray(new byte[10]))), 507, "disk-full");
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void shouldDeployNothingOfAnInterruptedUpload() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", URI.create(base).getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/v1/bundles HTTP/1.1\r\nHost: 127.0.0.1:1\r\n"
                      + "Authorization: Bearer admin\r\nContent-Type: application/java-archive\r\n"
                      + "Content-Length: 1000000\r\n\r\nPK")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400");
    }

    await().until(() -> store.failed);
    assertThat(cluster.asked).isEmpty();
  }

  private HttpRequest.Builder upload(HttpRequest.BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(base + "/api/v1/bundles"))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer admin")
        .header("Content-Type", "application/java-archive")
        .header("X-File-Name", "C:\\x\\app.jar")
        .POST(body);
  }

  /** Zero bytes that are made as they are read. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      java.util.Arrays.fill(buffer, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }
}
