package io.geartrain.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A piece of Java in a document.
 *
 * @param file where it stands
 * @param line its first line there
 * @param code the Java text
 */
record Snippet(Path file, int line, String code) {
  private static final Pattern MARKDOWN = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern JAVADOC =
      Pattern.compile("(?ms)<pre>\\{@code\n(.*?)^ *\\* *}</pre>");
  private static final Pattern TYPES =
      Pattern.compile("^(@StreamApp|public |record |static |private |@Test)");
  private static final Pattern PROMISE =
      Pattern.compile("(?s)// (?:the lines (.*?) give|gives): (.*)$");

  static List<Snippet> in(Path file) {
    Pattern pattern = file.toString().endsWith(".md") ? MARKDOWN : JAVADOC;
    String text = read(file);
    List<Snippet> found = new ArrayList<>();
    Matcher blocks = pattern.matcher(text);
    while (blocks.find()) {
      int line = (int) text.substring(0, blocks.start(1)).lines().count() + 1;
      String code = blocks.group(1);
      found.add(
          new Snippet(file, line, pattern == JAVADOC ? code.replaceAll("(?m)^ *\\* ?", "") : code));
    }
    return found;
  }

  static Stream<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Declares types or methods, to be used by the other pieces of the file. */
  boolean declares() {
    return TYPES.matcher(code).find();
  }

  /** Is a test of its own. */
  boolean tests() {
    return code.contains("TopologyTest.of");
  }

  /** Builds a graph. */
  boolean defines() {
    return !declares() && !tests() && code.contains("streams");
  }

  /** Tells what its graph gives. */
  boolean promises() {
    return defines() && PROMISE.matcher(comment()).find();
  }

  /** The lines that go in. */
  String[] input() {
    Matcher promise = promise();
    return promise.group(1) == null
        ? new String[0]
        : Pattern.compile("\"([^\"]*)\"")
            .matcher(promise.group(1))
            .results()
            .map(r -> r.group(1))
            .toArray(String[]::new);
  }

  /** The records that come out, sorted. */
  List<String> output() {
    return Arrays.stream(promise().group(2).strip().split(", ")).sorted().toList();
  }

  private Matcher promise() {
    Matcher promise = PROMISE.matcher(comment());
    if (!promise.find()) {
      throw new IllegalStateException(this + " promises nothing");
    }
    return promise;
  }

  /** The comment at the end, on one line. */
  private String comment() {
    int at = Math.max(code.lastIndexOf("// the lines"), code.lastIndexOf("// gives"));
    return at < 0 ? "" : "// " + code.substring(at + 3).replaceAll("\\s*\n *// ", " ");
  }

  @Override
  public String toString() {
    return file.getFileName() + ":" + line;
  }
}
