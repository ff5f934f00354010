package io.geartrain.plan;

import io.geartrain.api.Settings;
import io.geartrain.codec.TypeDictionary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A plan as lines of text: what two definitions are compared by, and what is fingerprinted. */
final class PlanText {
  private PlanText() {}

  /** One line for each step, edge and type. */
  static List<String> lines(
      List<PlannedProcessor> processors, List<PlannedEdge> edges, TypeDictionary types) {
    List<String> lines = new ArrayList<>();
    for (PlannedProcessor processor : processors) {
      lines.add(
          "step '%s': %s, parallelism %d%s%s"
              .formatted(
                  processor.id(),
                  processor.kind(),
                  processor.parallelism(),
                  processor.outputType().isEmpty() ? "" : ", type " + processor.outputType(),
                  processor.blocking() ? ", blocking" : ""));
    }
    for (PlannedEdge edge : edges) {
      String from = edge.isMain() ? edge.from() : edge.from() + "/" + edge.output();
      lines.add(
          "edge '%s' → '%s': %s%s"
              .formatted(from, edge.to(), edge.routing(), edge.combined() ? ", combined" : ""));
    }
    for (TypeDictionary.Entry type : types.entries()) {
      lines.add("type %s: %s".formatted(type.name(), type.description().replace("\n", ", ")));
    }
    return lines;
  }

  /** Lower-case hex SHA-256 over the lines, the key groups and the settings. */
  static String fingerprint(
      String applicationName,
      int keyGroups,
      List<PlannedProcessor> processors,
      List<PlannedEdge> edges,
      TypeDictionary types,
      Settings settings) {
    MessageDigest digest = sha256();
    add(digest, applicationName);
    add(digest, Integer.toString(keyGroups));
    lines(processors, edges, types).forEach(line -> add(digest, line));
    settings
        .asMap()
        .forEach(
            (key, value) -> {
              add(digest, key);
              add(digest, value);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
