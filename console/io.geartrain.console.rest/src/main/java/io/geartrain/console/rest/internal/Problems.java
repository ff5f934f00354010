package io.geartrain.console.rest.internal;

import io.geartrain.client.ClusterException;
import io.geartrain.spi.BundleProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Turns what the cluster refuses into problems, and problems into documents. Stateless. */
public final class Problems {
  private static final Set<String> CONFLICTS =
      Set.of(
          "bundle-conflict",
          "conflict",
          "already-ended",
          "bundle-in-use",
          "wrong-state",
          "savepoint-under-way",
          "savepoint-in-use",
          "no-savepoint");
  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad request"),
          Map.entry(401, "Not logged in"),
          Map.entry(403, "Not allowed"),
          Map.entry(404, "Not found"),
          Map.entry(405, "Method not allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Too large"),
          Map.entry(415, "Unknown media type"),
          Map.entry(421, "Not this host"),
          Map.entry(422, "Not usable"),
          Map.entry(500, "Internal error"),
          Map.entry(503, "Not available"),
          Map.entry(507, "Disk full"));

  private Problems() {}

  /** The problem of a refusal by the master. */
  public static Problem of(ClusterException refused) {
    return new Problem(
        status(refused.code()), refused.code(), refused.getMessage(), refused.hint());
  }

  /** The problem of a bundle. */
  public static Problem of(BundleProblem refused) {
    return new Problem(status(refused.code()), refused.code(), refused.getMessage(), null);
  }

  /** The fields of the problem document. */
  public static Map<String, Object> document(Problem problem) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "urn:geartrain:problem:" + problem.code());
    fields.put("title", TITLES.getOrDefault(problem.status(), "Problem"));
    fields.put("status", problem.status());
    fields.put("detail", problem.getMessage());
    fields.put("code", problem.code());
    fields.put("hint", problem.hint());
    return fields;
  }

  private static int status(String code) {
    if (code.equals("not-found") || code.startsWith("unknown-")) {
      return 404;
    }
    if (CONFLICTS.contains(code)) {
      return 409;
    }
    return switch (code) {
      case "unavailable" -> 503;
      case "forbidden" -> 403;
      case "bad-request" -> 400;
      default -> 422;
    };
  }
}
