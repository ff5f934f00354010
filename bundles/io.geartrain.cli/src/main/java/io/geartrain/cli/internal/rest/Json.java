package io.geartrain.cli.internal.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/** JSON to records and back; tolerant of fields that it does not know. Safe for all threads. */
public final class Json {
  private final ObjectMapper mapper =
      new ObjectMapper()
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
          .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, false);

  /** Reads a text; a missing node if it is empty or no JSON. */
  public JsonNode parse(String text) {
    try {
      JsonNode node = mapper.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** Reads an object as a type of {@link Model}; empty if it is no object or does not fit. */
  public <T> Optional<T> as(JsonNode node, Class<T> type) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    try {
      return Optional.of(mapper.treeToValue(node, type));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** One line. */
  public String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("can't be written as JSON: " + value, e);
    }
  }

  /** Indented, without a line end. */
  public String pretty(Object value) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    try {
      return mapper.writer(printer).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("can't be written as JSON: " + value, e);
    }
  }
}
