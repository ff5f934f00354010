package io.geartrain.deploy.internal.jar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the value of a manifest header of the form {@code name;key=value;key="value",name…} (OSGi
 * Core, 3.2.4). Lenient: what it can't make sense of, it leaves out.
 */
final class ManifestHeader {
  private ManifestHeader() {}

  /**
   * One clause.
   *
   * @param name what stands before the first parameter
   * @param parameters attributes and directives by key, without their types
   */
  record Clause(String name, Map<String, String> parameters) {}

  static List<Clause> parse(String header) {
    List<Clause> clauses = new ArrayList<>();
    if (header == null) {
      return clauses;
    }
    for (String clause : split(header, ',')) {
      List<String> parts = split(clause, ';');
      Map<String, String> parameters = new LinkedHashMap<>();
      for (String part : parts.subList(1, parts.size())) {
        int equals = part.indexOf('=');
        if (equals > 0) {
          String key = part.substring(0, equals).replaceFirst(":.*", "").trim();
          parameters.put(key, unquote(part.substring(equals + 1).trim()));
        }
      }
      clauses.add(new Clause(parts.get(0).trim(), parameters));
    }
    return clauses;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        part.append(c).append(text.charAt(++i));
      } else if (c == separator && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        quoted ^= c == '"';
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static String unquote(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    String inner = quoted ? value.substring(1, value.length() - 1) : value;
    return inner.replaceAll("\\\\(.)", "$1");
  }
}
