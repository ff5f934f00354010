package io.geartrain.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Settings;
import io.geartrain.api.Sink;
import io.geartrain.api.Source;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.plan.Planner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples in the guide and in the Javadoc compile; those that build a graph build a valid one;
 * those that tell what comes out tell the truth; those that are tests pass.
 */
class SnippetsTest {
  private static final Path ROOT = Path.of("../..");
  private static final Settings SETTINGS = Settings.of(Map.of("input", "in", "output", "out"));

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicContainer> examplesOfTheGuide() {
    return documents(Snippet.files(ROOT.resolve("docs/guide"), ".md"), 4);
  }

  @TestFactory
  Stream<DynamicContainer> examplesInTheJavadoc() {
    return documents(
        Stream.of(
                "bundles/io.geartrain.api/src/main/java/io/geartrain/api",
                "bundles/io.geartrain.testkit/src/main/java/io/geartrain/testkit",
                "connector-bundles/io.geartrain.connector.generator/src/main/java/io/geartrain/connector/generator")
            .map(ROOT::resolve)
            .flatMap(f -> Snippet.files(f, ".java")),
        9);
  }

  private static Stream<DynamicContainer> documents(Stream<Path> files, int least) {
    List<List<Snippet>> documents = files.map(Snippet::in).filter(s -> !s.isEmpty()).toList();
    assertThat(documents).as("documents with examples").hasSizeGreaterThanOrEqualTo(least);
    return documents.stream().map(SnippetsTest::document);
  }

  private static DynamicContainer document(List<Snippet> snippets) {
    String file = snippets.get(0).file().getFileName().toString();
    String name = "Of" + file.replaceAll("\\W", "_");
    try {
      Path classes = Files.createDirectories(folder.resolve(name));
      Class<?> compiled = SnippetCompiler.compile(name, snippets, classes);
      return DynamicContainer.dynamicContainer(
          file,
          snippets.stream()
              .map(s -> DynamicTest.dynamicTest(s.toString(), () -> inLoaderOf(compiled, s))));
    } catch (Throwable e) {
      return DynamicContainer.dynamicContainer(
          file,
          List.of(
              DynamicTest.dynamicTest(
                  "compiles",
                  () -> {
                    throw e;
                  })));
    }
  }

  /** As a thread of the application has it: it finds the classes of the document. */
  private static void inLoaderOf(Class<?> compiled, Snippet snippet) throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(compiled.getClassLoader());
    try {
      check(snippet, compiled);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void check(Snippet snippet, Class<?> compiled) throws Throwable {
    if (snippet.tests()) {
      call(compiled.getMethod("line" + snippet.line()));
    } else if (snippet.promises()) {
      CollectingSink<Object> out = new CollectingSink<>();
      TopologyTest.of(app(snippet, compiled, ScriptedSource.of(String.class, snippet.input()), out))
          .run();
      assertThat(out.values().stream().map(Object::toString).sorted().toList())
          .isEqualTo(snippet.output());
    } else if (snippet.defines()) {
      CollectingSink<Object> out = new CollectingSink<>();
      StreamApplication app = app(snippet, compiled, ScriptedSource.of(String.class), out);
      assertThat(Planner.plan("example", app, SETTINGS, 2).tasks()).isPositive();
    }
  }

  private static StreamApplication app(
      Snippet snippet, Class<?> compiled, Source<String> lines, Sink<Object> out) throws Exception {
    Method method =
        compiled.getMethod(
            "line" + snippet.line(), Streams.class, Settings.class, Source.class, Sink.class);
    return (streams, settings) -> {
      try {
        call(method, streams, SETTINGS, lines, out);
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static void call(Method method, Object... arguments) throws Throwable {
    try {
      method.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
