package io.geartrain.api;

import java.util.Objects;

/**
 * Names an output of a step beside its main one.
 *
 * @param id unique among the outputs of the step; {@code main} is taken
 * @param type class of its records
 */
public record OutputTag<T>(String id, Class<T> type) {
  /** Id of the main output. */
  public static final String MAIN = "main";

  /** Checks the id. */
  public OutputTag {
    Objects.requireNonNull(type, "type");
    if (id == null || id.isBlank() || id.equals(MAIN)) {
      throw new DefinitionException("'" + id + "' can't be the id of a side output");
    }
  }
}
