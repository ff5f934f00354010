package io.geartrain.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK of this machine.
 *
 * @param home its folder
 * @param feature its feature release: 17
 */
record Jdk(Path home, int feature) {
  private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(\\d+)[.\"].*");

  /** The one that runs the tests. */
  static Jdk current() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** The one that runs the tests and one of each newer release beside it, oldest first. */
  static List<Jdk> all() {
    Map<Integer, Jdk> found = new TreeMap<>();
    Jdk current = current();
    found.put(current.feature(), current);
    for (Path home : siblings(current.home())) {
      int feature = feature(home);
      if (feature > current.feature() && Files.isExecutable(home.resolve("bin/java"))) {
        found.putIfAbsent(feature, new Jdk(home, feature));
      }
    }
    return List.copyOf(found.values());
  }

  private static List<Path> siblings(Path home) {
    try (Stream<Path> folders = Files.list(home.getParent())) {
      return new ArrayList<>(folders.filter(Files::isDirectory).sorted().toList());
    } catch (IOException e) {
      return List.of();
    }
  }

  private static int feature(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .map(RELEASE::matcher)
          .filter(Matcher::matches)
          .mapToInt(m -> Integer.parseInt(m.group(1)))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
