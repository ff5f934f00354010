package io.geartrain.cli.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Model.Apps;
import io.geartrain.cli.internal.rest.Model.Bundle;
import io.geartrain.cli.internal.rest.Model.Bundles;
import io.geartrain.cli.internal.rest.Model.Checkpoint;
import io.geartrain.cli.internal.rest.Model.CheckpointList;
import io.geartrain.cli.internal.rest.Model.LoginCode;
import io.geartrain.cli.internal.rest.Model.Nodes;
import io.geartrain.cli.internal.rest.Model.Readiness;
import io.geartrain.cli.internal.rest.Model.SavepointWish;
import io.geartrain.cli.internal.rest.Model.Savepoints;
import io.geartrain.cli.internal.rest.Model.Schedulers;
import io.geartrain.cli.internal.rest.Model.Submission;
import io.geartrain.cli.internal.rest.Model.Version;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Calls a node's REST interface and turns whatever goes wrong into a {@link CliException}. Used by
 * the thread of the command; uploads read the file on threads of the HTTP client.
 */
public final class RestClient {
  private static final String API = "/api/v1";
  private static final long SLOWEST_UPLOAD_BYTES_PER_SECOND = 256 << 10;

  private final Endpoint endpoint;
  private final Duration timeout;
  private final Json json;
  private final HttpClient http;

  /**
   * A client for one node; connects at the first call.
   *
   * @param timeout longest wait for an answer
   */
  public RestClient(Endpoint endpoint, Duration timeout, Json json) {
    this.endpoint = endpoint;
    this.timeout = timeout;
    this.json = json;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** A client of the same node that waits no longer than this for an answer. */
  public RestClient within(Duration limit) {
    return new RestClient(endpoint, limit, json);
  }

  /** The address without a path. */
  public URI url() {
    return endpoint.url();
  }

  /** The page of an application in the console. */
  public String consolePage(String applicationId) {
    return endpoint.url() + "/ui/#/apps/" + encode(applicationId);
  }

  /** Whether the node is ready; empty if none answers. Bounded to a second. */
  public Optional<Readiness> readiness() {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/health/ready")).timeout(Duration.ofSeconds(1)).build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return json.as(json.parse(response.body()), Readiness.class);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  public Reply<Version> version() {
    return get("/version", Version.class);
  }

  public Reply<Nodes> nodes() {
    return get("/nodes", Nodes.class);
  }

  /** Asks a node to shut down; returns before it has. */
  public void stopNode(String id) {
    send("POST", "/nodes/" + encode(id) + ":stop", null, Void.class);
  }

  public Reply<Apps> apps() {
    return get("/apps", Apps.class);
  }

  public Reply<App> app(String id) {
    return get("/apps/" + encode(id), App.class);
  }

  public Reply<App> submit(Submission submission) {
    return send("POST", "/apps", submission, App.class);
  }

  /** Asks for the end of an application; returns before it has ended. */
  public Reply<App> cancel(String id) {
    return send("POST", "/apps/" + encode(id) + ":cancel", null, App.class);
  }

  public Reply<CheckpointList> checkpoints(String id) {
    return get("/apps/" + encode(id) + "/checkpoints", CheckpointList.class);
  }

  /** Takes a savepoint; returns once it has begun. */
  public Reply<Checkpoint> takeSavepoint(String id, String label) {
    return send(
        "POST", "/apps/" + encode(id) + "/savepoints", new SavepointWish(label), Checkpoint.class);
  }

  /** Ends an application with a savepoint; returns once that has begun. */
  public Reply<Checkpoint> stop(String id, String label) {
    return send(
        "POST", "/apps/" + encode(id) + ":stop", new SavepointWish(label), Checkpoint.class);
  }

  /** The savepoints of all applications. */
  public Reply<Savepoints> savepoints() {
    return get("/savepoints", Savepoints.class);
  }

  public Reply<Savepoints> savepoints(String id) {
    return get("/apps/" + encode(id) + "/savepoints", Savepoints.class);
  }

  public Reply<Checkpoint> savepoint(String id, long number) {
    return get("/apps/" + encode(id) + "/savepoints/" + number, Checkpoint.class);
  }

  public void deleteSavepoint(String id, long number) {
    send("DELETE", "/apps/" + encode(id) + "/savepoints/" + number, null, Void.class);
  }

  public Reply<Bundles> bundles() {
    return get("/bundles", Bundles.class);
  }

  public void undeploy(String name) {
    send("DELETE", "/bundles/" + encode(name), null, Void.class);
  }

  public Reply<Schedulers> schedulers() {
    return get("/schedulers", Schedulers.class);
  }

  /** Makes a scheduler the default. */
  public void useScheduler(String name) {
    send("PUT", "/scheduler", Map.of("name", name), Void.class);
  }

  /** Asks for a login code of the console, good once. */
  public Reply<LoginCode> loginCode() {
    return send("POST", "/session:code", null, LoginCode.class);
  }

  /**
   * Uploads a jar from disk, never holding more than a buffer of it.
   *
   * @param progress told the bytes that have been handed to the connection, on any thread
   */
  public Reply<Bundle> upload(Path jar, LongConsumer progress) {
    try {
      long sizeBytes = Files.size(jar);
      Duration limit =
          timeout.plus(Duration.ofSeconds(sizeBytes / SLOWEST_UPLOAD_BYTES_PER_SECOND));
      HttpRequest request =
          request("/bundles")
              .timeout(limit)
              .header("Content-Type", "application/java-archive")
              .header("X-File-Name", headerText(jar.getFileName().toString()))
              .POST(
                  sizeBytes == 0
                      ? BodyPublishers.noBody()
                      : BodyPublishers.fromPublisher(
                          new CountingPublisher(BodyPublishers.ofFile(jar), progress), sizeBytes))
              .build();
      return receive(http.send(request, BodyHandlers.ofString()), Bundle.class);
    } catch (HttpTimeoutException e) {
      throw timedOut("upload of " + jar, e);
    } catch (ConnectException e) {
      throw refused(e);
    } catch (IOException e) {
      get(
          "/me",
          Void.class); // a refusal of the token may have cut the upload off: say that instead
      throw broken(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private <T> Reply<T> get(String path, Class<T> type) {
    return send("GET", path, null, type);
  }

  private <T> Reply<T> send(String method, String path, Object body, Class<T> type) {
    HttpRequest.Builder request = request(path).timeout(timeout);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(json.write(body)));
    }
    try {
      return receive(http.send(request.build(), BodyHandlers.ofString()), type);
    } catch (HttpTimeoutException e) {
      throw timedOut(method + " " + uri(path).getPath(), e);
    } catch (ConnectException e) {
      throw refused(e);
    } catch (IOException e) {
      throw broken(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).header("Accept", "application/json");
    endpoint.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  private URI uri(String path) {
    return URI.create(endpoint.url() + API + path);
  }

  private <T> Reply<T> receive(HttpResponse<String> response, Class<T> type) {
    int status = response.statusCode();
    JsonNode body = json.parse(response.body());
    if (status / 100 != 2) {
      throw problem(status, body);
    }
    if (type == Void.class) {
      return new Reply<>(status, body, null);
    }
    return new Reply<>(status, body, json.as(body, type).orElseThrow(() -> notOurs(status)));
  }

  private CliException problem(int status, JsonNode body) {
    Optional<Model.Problem> problem = json.as(body, Model.Problem.class);
    if (problem.isEmpty() || problem.get().code() == null && problem.get().title() == null) {
      return notOurs(status);
    }
    return Problems.toError(status, problem.get(), endpoint);
  }

  private CliException notOurs(int status) {
    return new CliException(
        status == 401 || status == 403
            ? ExitCode.AUTHENTICATION
            : status == 404 ? ExitCode.NOT_FOUND : ExitCode.FAILED,
        "the answer of "
            + endpoint.url()
            + " is not that of a Geartrain node (HTTP "
            + status
            + ")",
        endpoint.origin(),
        "check the address, or name the right one with --url");
  }

  private CliException refused(IOException cause) {
    CliException error =
        new CliException(
            ExitCode.UNREACHABLE,
            "no node answers at " + endpoint.url(),
            cause.getCause() instanceof UnresolvedAddressException
                ? "the host name is unknown (address from " + endpoint.origin() + ")"
                : "the connection was refused (address from " + endpoint.origin() + ")",
            endpoint.local()
                ? "gear node start"
                : "start the node there, or name another with --url");
    error.initCause(cause);
    return error;
  }

  private CliException broken(IOException cause) {
    CliException error =
        new CliException(
            ExitCode.UNREACHABLE,
            "the connection to " + endpoint.url() + " broke",
            cause.getMessage() == null ? cause.toString() : cause.getMessage(),
            "look into the node's log, and whether it still runs: gear nodes");
    error.initCause(cause);
    return error;
  }

  private CliException timedOut(String what, IOException cause) {
    CliException error =
        new CliException(
            ExitCode.TIMEOUT,
            "no answer from " + endpoint.url() + " within " + Durations.text(timeout),
            what,
            "try again with a longer --timeout, or look into the node's log");
    error.initCause(cause);
    return error;
  }

  private static CliException interrupted() {
    Thread.currentThread().interrupt();
    return new CliException(ExitCode.INTERRUPTED, "interrupted", "", "");
  }

  /** Headers hold ASCII alone; other names travel encoded. */
  private static String headerText(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 127) ? text : encode(text);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
