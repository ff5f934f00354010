package io.geartrain.api;

import java.util.Map;
import java.util.Objects;

/**
 * A part of a source's data that one task reads in order; plain data, for it travels.
 *
 * @param id unique within the source, the same for the same data
 * @param attributes what the source needs to open it
 */
public record SourceSplit(String id, Map<String, String> attributes) {
  /** Copies the attributes. */
  public SourceSplit {
    Objects.requireNonNull(id, "id");
    attributes = Map.copyOf(attributes);
  }
}
