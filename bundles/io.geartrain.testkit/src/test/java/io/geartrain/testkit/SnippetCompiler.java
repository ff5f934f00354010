package io.geartrain.testkit;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles all pieces of one document into one class: declarations as they are, others as methods.
 */
final class SnippetCompiler {
  private static final String IMPORTS =
      """
      import static org.assertj.core.api.Assertions.*;
      import io.geartrain.api.*;
      import io.geartrain.connector.files.*;
      import io.geartrain.connector.generator.*;
      import io.geartrain.testkit.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      """;

  private SnippetCompiler() {}

  /** The class; the method of a piece has the name {@code line<n>}. */
  static Class<?> compile(String name, List<Snippet> snippets, Path folder) throws Exception {
    StringBuilder text = new StringBuilder(IMPORTS);
    text.append("public class ").append(name).append(" {\n");
    for (Snippet snippet : snippets) {
      text.append(snippet.declares() ? nested(snippet.code()) : method(snippet));
    }
    Path source = Files.writeString(folder.resolve(name + ".java"), text.append("}\n"));
    compile(source, folder);
    ClassLoader parent = SnippetCompiler.class.getClassLoader();
    return Class.forName(name, true, new URLClassLoader(new URL[] {url(folder)}, parent));
  }

  private static String nested(String code) {
    return code.replaceAll("(?m)^(public )?(final )?(class|interface) ", "public static $2$3 ");
  }

  private static String method(Snippet snippet) {
    String parameters =
        snippet.tests()
            ? ""
            : "Streams streams, Settings settings, Source<String> lines, Sink<Object> out";
    return "public static void line%d(%s) throws Exception {\n%s}\n"
        .formatted(snippet.line(), parameters, snippet.code());
  }

  private static URL url(Path folder) throws MalformedURLException {
    return folder.toUri().toURL();
  }

  private static void compile(Path source, Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> options =
        List.of("--release", "17", "-proc:none", "-d", folder.toString(), "-cp", path);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean good =
          compiler
              .getTask(
                  errors,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjects(new File(source.toString())))
              .call();
      if (!good) {
        throw new AssertionError("does not compile:\n" + errors);
      }
    }
  }
}
