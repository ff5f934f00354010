package io.geartrain.console.web.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files of the page, read once. Immutable. */
public final class Pages {
  /** The only file that is shown without a session: the login page needs it. */
  static final String OPEN = "app.css";

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml");

  /** A file. */
  record Page(String mediaType, byte[] bytes) {}

  private final Map<String, Page> pages = new LinkedHashMap<>();

  Pages() {
    for (String name :
        new String[] {"index.html", "login.html", "expired.html", OPEN, "app.js", "icon.svg"}) {
      pages.put(name, read(name));
    }
  }

  /** A file by its name; nothing but the files of the page can be named. */
  Optional<Page> find(String name) {
    return Optional.ofNullable(pages.get(name));
  }

  private static Page read(String name) {
    try (InputStream in = Pages.class.getResourceAsStream("/www/" + name)) {
      if (in == null) {
        throw new IllegalStateException("/www/" + name + " is missing in this bundle");
      }
      String ending = name.substring(name.lastIndexOf('.') + 1);
      return new Page(MEDIA_TYPES.get(ending), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
