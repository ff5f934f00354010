package io.geartrain.console.rest.internal.wiring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses the address to tell people from those that the HTTP server listens on. Stateless. */
final class Endpoints {
  private Endpoints() {}

  /**
   * The address without a slash at its end, one of the loopback first.
   *
   * @param property value of the runtime's endpoint property: a text, several, or null
   */
  static Optional<String> choose(Object property) {
    List<?> all =
        property instanceof Object[] array
            ? Arrays.asList(array)
            : property instanceof Iterable<?> several
                ? toList(several)
                : property == null ? List.of() : List.of(property);
    return all.stream()
        .map(String::valueOf)
        .filter(url -> url.startsWith("http"))
        .min(Comparator.comparingInt(Endpoints::rank))
        .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }

  private static List<?> toList(Iterable<?> several) {
    List<Object> list = new java.util.ArrayList<>();
    several.forEach(list::add);
    return list;
  }

  private static int rank(String url) {
    if (url.contains("//127.0.0.1")) {
      return 0;
    }
    return url.contains("//localhost") ? 1 : url.contains("//[::1]") ? 2 : 3;
  }
}
