package io.geartrain.coordination.provider;

/** Checks and splits the paths of nodes. */
public final class Paths {

  private Paths() {}

  /**
   * Returns the path if it is well formed: absolute, no empty element, no slash at the end.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static String check(String path) {
    boolean root = path.equals("/");
    boolean malformed =
        !path.startsWith("/")
            || path.contains("//")
            || path.contains("/./")
            || path.contains("/../")
            || path.endsWith("/.")
            || path.endsWith("/..")
            || path.indexOf('\0') >= 0
            || (!root && path.endsWith("/"));
    if (malformed) {
      throw new IllegalArgumentException(
          "a path of the store looks like /apps/a1, but this is '" + path + "'");
    }
    return path;
  }

  /** Whether a node is the root of a watch or lies below it. */
  public static boolean within(String root, String path) {
    return root.equals("/")
        || path.equals(root)
        || (path.startsWith(root) && path.charAt(root.length()) == '/');
  }
}
