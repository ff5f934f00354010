package io.geartrain.console.rest.internal;

import io.geartrain.security.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method at one path.
 *
 * @param method of HTTP
 * @param template path below {@code /api/v1}; a segment is a literal, {@code {name}} or {@code
 *     {name}:verb}
 * @param role needed; null = open to everybody
 * @param handler serves it
 */
public record Route(String method, String template, Role role, Handler handler) {
  /**
   * The values of the variables if the path is one of this route.
   *
   * @param segments of the path, decoded
   */
  Optional<Map<String, String>> match(List<String> segments) {
    List<String> patterns = split(template);
    if (patterns.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < patterns.size(); i++) {
      if (!matchSegment(patterns.get(i), segments.get(i), variables)) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  private static boolean matchSegment(
      String pattern, String segment, Map<String, String> variables) {
    if (!pattern.startsWith("{")) {
      return pattern.equals(segment);
    }
    int close = pattern.indexOf('}');
    String verb = pattern.substring(close + 1);
    if (verb.isEmpty() ? segment.indexOf(':') >= 0 : !segment.endsWith(verb)) {
      return false;
    }
    String value = segment.substring(0, segment.length() - verb.length());
    variables.put(pattern.substring(1, close), value);
    return !value.isEmpty();
  }

  /** The segments of a path that starts with a slash. */
  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
