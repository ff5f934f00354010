package io.geartrain.console.rest.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads JSON strictly and writes it. Thread-safe. */
public final class Json {
  private static final int MAX_DEPTH = 32;

  private final ObjectMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /** Writes an object. */
  public byte[] write(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("No JSON of " + value.getClass().getName(), e);
    }
  }

  /** Reads an object; a {@link Problem} says where the text is wrong. */
  public <T> T read(byte[] text, Class<T> type) {
    try {
      T value = mapper.readValue(text, type);
      if (value == null) {
        throw Problem.badRequest("The body is null; a JSON object is needed.", null);
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw Problem.badRequest(
          "The body has the unknown field '" + e.getPropertyName() + "'.",
          "Known fields: " + e.getKnownPropertyIds() + ".");
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " (line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ")";
      throw Problem.badRequest(
          "The body is not the JSON that is needed: " + e.getOriginalMessage() + where + ".", null);
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory failed", e);
    }
  }
}
