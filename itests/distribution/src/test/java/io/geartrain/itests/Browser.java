package io.geartrain.itests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One page in a headless Chromium, driven by its remote debugging protocol. */
final class Browser implements AutoCloseable, WebSocket.Listener {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Pattern PORT =
      Pattern.compile("DevTools listening on ws://127.0.0.1:(\\d+)/");

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private final Process process;
  private WebSocket page;

  private Browser(Process process) {
    this.process = process;
  }

  /** Whether there is one on this machine. */
  static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "chromium")));
  }

  /**
   * Starts a browser with an empty page.
   *
   * @param folder for its profile and its output
   */
  static Browser start(Path folder) throws Exception {
    Path output = folder.resolve("chromium.txt");
    Process process =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("chromium"),
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Browser browser = new Browser(process);
    try {
      browser.connect(output);
    } catch (Exception | AssertionError e) {
      browser.close();
      throw e;
    }
    return browser;
  }

  private void connect(Path output) throws Exception {
    Matcher[] port = new Matcher[1];
    await("the browser listens")
        .atMost(SOON)
        .until(
            () -> {
              port[0] = PORT.matcher(Files.readString(output));
              return port[0].find();
            });
    URI list = URI.create("http://127.0.0.1:" + port[0].group(1) + "/json/list");
    String[] address = new String[1];
    await("the empty page").atMost(SOON).until(() -> (address[0] = pageOf(list)) != null);
    page =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(address[0]), this)
            .get(SOON.toSeconds(), TimeUnit.SECONDS);
    call("Runtime.enable", "{}");
    call("Log.enable", "{}");
  }

  private String pageOf(URI list) throws IOException, InterruptedException {
    String targets =
        http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
    for (JsonNode target : Rest.parse(targets)) {
      if (target.get("type").asText().equals("page")) {
        return target.get("webSocketDebuggerUrl").asText();
      }
    }
    return null;
  }

  /** Goes to an address. */
  void open(String url) throws Exception {
    call("Page.navigate", "{\"url\":\"" + url + "\"}");
  }

  /** The text that a person sees now. */
  String text() throws Exception {
    return evaluate("document.body.innerText").asText();
  }

  private JsonNode evaluate(String expression) throws Exception {
    String parameters = Rest.object().put("expression", expression).toString();
    return call("Runtime.evaluate", parameters).path("result").path("value");
  }

  /** Waits until a person sees this, in whatever case the style shows it. */
  void awaitText(String expected) {
    String wanted = expected.toLowerCase(Locale.ROOT);
    await(expected + " on the page")
        .atMost(SOON)
        .until(this::text, text -> text.toLowerCase(Locale.ROOT).contains(wanted));
  }

  /** Waits until there is a button that a person can press, and presses it. */
  void press(String name) {
    String script =
        """
        (() => {
          const button = [...document.querySelectorAll('button')].find((each) =>
            (each.getAttribute('aria-label') ?? each.innerText) === '%s'
              && !each.disabled && each.checkVisibility());
          button?.click();
          return Boolean(button);
        })()"""
            .formatted(name);
    await("a button '" + name + "'").atMost(SOON).until(() -> evaluate(script).asBoolean());
  }

  /** Errors that the page has written to its console or thrown so far. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  private JsonNode call(String method, String parameters) throws Exception {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    page.sendText(
        "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true);
    return answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String message = partial.toString();
      partial.setLength(0);
      onMessage(message);
    }
    socket.request(1);
    return null;
  }

  private void onMessage(String text) {
    try {
      JsonNode message = Rest.parse(text);
      CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt());
      if (answer != null) {
        answer.complete(message.path("result"));
      }
      JsonNode parameters = message.path("params");
      boolean error =
          switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" -> parameters.path("type").asText().equals("error");
            case "Log.entryAdded" ->
                parameters.path("entry").path("level").asText().equals("error");
            default -> false;
          };
      if (error) {
        errors.add(parameters.toString());
      }
    } catch (IOException e) {
      errors.add(e + ": " + text);
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (page != null) {
      page.abort();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }
}
