package io.geartrain.api;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was set at submission ({@code gear submit --set key=value}); immutable. A missing or
 * malformed value is refused with the key in the message.
 */
public final class Settings {
  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Settings with these values. */
  public static Settings of(Map<String, String> values) {
    return new Settings(values);
  }

  /**
   * The value of a setting that must be given.
   *
   * @throws IllegalArgumentException if it is not set
   */
  public String get(String key) {
    return find(key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "setting '" + key + "' is missing; submit with --set " + key + "=…"));
  }

  /** The value of a setting, or a default. */
  public String get(String key, String defaultValue) {
    return find(key).orElse(defaultValue);
  }

  /**
   * A whole number, or a default.
   *
   * @throws IllegalArgumentException if the value is no whole number
   */
  public int getInt(String key, int defaultValue) {
    return Math.toIntExact(getLong(key, defaultValue));
  }

  /**
   * A whole number, or a default.
   *
   * @throws IllegalArgumentException if the value is no whole number
   */
  public long getLong(String key, long defaultValue) {
    String value = values.get(key);
    if (value == null) {
      return defaultValue;
    }
    try {
      return Long.parseLong(value.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "setting '" + key + "' must be a whole number, but is '" + value + "'", e);
    }
  }

  /** The value of a setting, if given. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** All values, sorted by key; unmodifiable. */
  public Map<String, String> asMap() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
