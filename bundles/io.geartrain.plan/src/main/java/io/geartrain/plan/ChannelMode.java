package io.geartrain.plan;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.Settings;
import java.util.Locale;

/** How records pass from task to task within one JVM. */
public enum ChannelMode {
  /** By reference. */
  LOCAL,
  /** As bytes, as they would to another JVM: shows which types can't travel, and what it costs. */
  BYTES;

  /** The setting that chooses: {@code local} or {@code bytes}. */
  public static final String SETTING = "gear.channels";

  /**
   * What the settings say; {@link #LOCAL} if they don't.
   *
   * @throws DefinitionException if there is no such way
   */
  public static ChannelMode of(Settings settings) {
    String chosen = settings.get(SETTING, "local");
    for (ChannelMode mode : values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(chosen)) {
        return mode;
      }
    }
    throw new DefinitionException(
        "setting '%s' must be local or bytes, but is '%s'".formatted(SETTING, chosen));
  }
}
