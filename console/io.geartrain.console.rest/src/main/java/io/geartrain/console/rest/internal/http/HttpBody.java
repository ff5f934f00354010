package io.geartrain.console.rest.internal.http;

import io.geartrain.console.rest.internal.Body;
import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The body of one request, with limits on its length; used by the request's thread. */
final class HttpBody implements Body {
  static final int MAX_JSON_BYTES = 1 << 20;

  /** So much of what is too long is read, for clients that send all before they read the answer. */
  private static final int READ_ON_BYTES = 4 << 20;

  private final HttpServletRequest request;
  private final Json json;
  private final long maxUploadBytes;

  HttpBody(HttpServletRequest request, Json json, long maxUploadBytes) {
    this.request = request;
    this.json = json;
    this.maxUploadBytes = maxUploadBytes;
  }

  @Override
  public <T> T json(Class<T> type) {
    if (!mediaType().equals("application/json")) {
      throw new Problem(
          415,
          "bad-request",
          "The body is '" + mediaType() + "'; JSON is needed.",
          "Send it with 'Content-Type: application/json'.");
    }
    try (InputStream bytes = limited(MAX_JSON_BYTES)) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      bytes.transferTo(text);
      return json.read(text.toByteArray(), type);
    } catch (IOException e) {
      throw Problem.badRequest("The body ended early.", "Send it again.");
    }
  }

  @Override
  public boolean isEmpty() {
    long length = request.getContentLengthLong();
    return length == 0 || length < 0 && request.getHeader("Transfer-Encoding") == null;
  }

  @Override
  public InputStream bytes() {
    try {
      return limited(maxUploadBytes);
    } catch (IOException e) {
      throw Problem.badRequest("The body can't be read: " + e.getMessage(), null);
    }
  }

  private InputStream limited(long max) throws IOException {
    if (request.getContentLengthLong() > max) {
      readOn(request.getInputStream());
      throw tooLarge(max);
    }
    return new Limited(request.getInputStream(), max);
  }

  private static void readOn(InputStream bytes) throws IOException {
    byte[] buffer = new byte[8192];
    int left = READ_ON_BYTES;
    for (int read = 0; read >= 0 && left > 0; left -= read) {
      read = bytes.read(buffer);
    }
  }

  private static Problem tooLarge(long max) {
    return new Problem(
        413, "bad-request", "The body is longer than the limit of " + max + " bytes.", null);
  }

  @Override
  public String mediaType() {
    String type = request.getContentType();
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public String fileName() {
    return request.getHeader("X-File-Name");
  }

  /** Counts what is read, and marks failures to read as the client's. */
  private static final class Limited extends FilterInputStream {
    private final long max;
    private long left;

    Limited(InputStream in, long max) {
      super(in);
      this.max = max;
      this.left = max;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read;
      try {
        read = super.read(buffer, offset, length);
      } catch (IOException e) {
        throw new Interrupted(e);
      }
      left -= Math.max(0, read);
      if (left < 0) {
        throw tooLarge(max);
      }
      return read;
    }

    @Override
    public long skip(long count) {
      throw new UnsupportedOperationException("a body is read, not skipped");
    }
  }
}
