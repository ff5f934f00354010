package io.geartrain.codec;

import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The types of an application's values, numbered by their places; plain data, for it is part of
 * plans and checkpoints. Scalars, texts and collections need no place in it.
 *
 * @param entries the types, each once
 */
public record TypeDictionary(List<Entry> entries) {
  /** A dictionary without types. */
  public static final TypeDictionary EMPTY = new TypeDictionary(List.of());

  /** Copies the list. */
  public TypeDictionary {
    entries = List.copyOf(entries);
  }

  /**
   * A type.
   *
   * @param name of the class, as {@link Class#getName} has it
   * @param description what its bytes depend on: the kind, then a line for each part
   */
  public record Entry(String name, String description) {
    /** Checks. */
    public Entry {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(description, "description");
    }
  }

  /** Appends the dictionary. */
  public void write(Output out) {
    out.writeVarInt(entries.size());
    for (Entry entry : entries) {
      out.writeString(entry.name);
      out.writeString(entry.description);
    }
  }

  /** Takes a dictionary. */
  public static TypeDictionary read(Input in) {
    int count = in.readLength(2);
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(new Entry(in.readString(), in.readString()));
    }
    return new TypeDictionary(entries);
  }
}
