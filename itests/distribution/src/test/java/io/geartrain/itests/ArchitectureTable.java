package io.geartrain.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of bundles and their arrows in {@code docs/ARCHITECTURE.md}. */
final class ArchitectureTable {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z.]+)` \\| (–|(?:`[a-z.]+` ?)+) \\| .* \\|$");
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  private final Map<String, Set<String>> arrows;

  private ArchitectureTable(Map<String, Set<String>> arrows) {
    this.arrows = arrows;
  }

  static ArchitectureTable read(Path file) throws IOException {
    Map<String, Set<String>> arrows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> targets =
            NAME.matcher(row.group(2))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        arrows.put(row.group(1), targets);
      }
    }
    return new ArchitectureTable(arrows);
  }

  Set<String> bundles() {
    return arrows.keySet();
  }

  /** What a bundle may import, its own imports' imports included. */
  Set<String> reachable(String bundle) {
    Set<String> seen = new LinkedHashSet<>();
    collect(bundle, seen);
    return seen;
  }

  private void collect(String bundle, Set<String> seen) {
    Set<String> targets = arrows.get(bundle);
    if (targets == null) {
      throw new IllegalStateException("the table names '" + bundle + "' but has no row for it");
    }
    for (String target : targets) {
      if (seen.add(target)) {
        collect(target, seen);
      }
    }
  }

  /** The bundle that a package belongs to: the longest name that it starts with. */
  String bundleOf(String packageName) {
    String best = null;
    for (String bundle : arrows.keySet()) {
      String root = "io.geartrain." + bundle;
      boolean inside = packageName.equals(root) || packageName.startsWith(root + ".");
      if (inside && (best == null || bundle.length() > best.length())) {
        best = bundle;
      }
    }
    return best;
  }
}
