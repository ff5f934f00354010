package io.geartrain.actor;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Records of the protocol as JSON, as they travel and as they are written down: all components by
 * their names, instants as ISO 8601 text. Reading refuses what it does not know. Thread-safe.
 */
public final class ProtocolJson {
  private final ObjectMapper json = newMapper();

  /**
   * A record as JSON in UTF-8.
   *
   * @throws IOException if it holds what JSON can't
   */
  public byte[] write(Object record) throws IOException {
    return json.writeValueAsBytes(record);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is malformed, or no such record
   */
  public <T> T read(byte[] bytes, Class<T> type) throws IOException {
    T record = json.readValue(bytes, type);
    if (record == null) {
      throw new IOException("null is no " + type.getSimpleName());
    }
    return record;
  }

  private static ObjectMapper newMapper() {
    SimpleModule times = new SimpleModule("times");
    times.addSerializer(Instant.class, new InstantAsText());
    times.addDeserializer(Instant.class, new TextAsInstant());
    return JsonMapper.builder()
        .addModule(times)
        .visibility(PropertyAccessor.GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.SETTER, Visibility.NONE)
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  private static final class InstantAsText extends StdScalarSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantAsText() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  private static final class TextAsInstant extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    TextAsInstant() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      String text = in.getValueAsString();
      try {
        return Instant.parse(String.valueOf(text));
      } catch (DateTimeException e) {
        return (Instant)
            context.handleWeirdStringValue(Instant.class, text, "no instant of ISO 8601");
      }
    }
  }
}
