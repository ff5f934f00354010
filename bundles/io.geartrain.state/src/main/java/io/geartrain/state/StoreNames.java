package io.geartrain.state;

import java.util.regex.Pattern;

/** Which names a store of checkpoints accepts. */
final class StoreNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  private StoreNames() {}

  static String check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' can't be part of a checkpoint's path: letters, digits and . _ - only");
    }
    return name;
  }
}
