package io.geartrain.actor.internal;

import akka.serialization.SerializerWithStringManifest;
import io.geartrain.actor.ProtocolJson;
import io.geartrain.protocol.ControlMessage;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Control messages as JSON; the manifest is the record's simple name. The dictionary of what it
 * accepts is the sealed hierarchy of {@link ControlMessage}, so nobody can name a class of their
 * own in a message. Stateless but for Jackson's caches; any thread.
 */
public final class MessageSerializer extends SerializerWithStringManifest {
  /** Identifies this serialiser in the cluster; never changes. */
  static final int IDENTIFIER = 0x6765_6172;

  private final Map<String, Class<? extends ControlMessage>> dictionary =
      dictionary(ControlMessage.class);
  private final ProtocolJson json = new ProtocolJson();

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return message.getClass().getSimpleName();
  }

  @Override
  public byte[] toBinary(Object message) {
    if (dictionary.get(manifest(message)) != message.getClass()) {
      throw new IllegalArgumentException(
          message.getClass().getName()
              + " is no control message: only records permitted by "
              + ControlMessage.class.getName()
              + " travel");
    }
    try {
      return json.write(message);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "can't write a " + manifest(message) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    Class<? extends ControlMessage> type = dictionary.get(manifest);
    if (type == null) {
      throw new NotSerializableException("no control message is called '" + manifest + "'");
    }
    try {
      return json.read(bytes, type);
    } catch (IOException e) {
      NotSerializableException refused =
          new NotSerializableException("malformed " + manifest + ": " + e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  /** The records that a sealed type permits, by their simple names, which must be unique. */
  static Map<String, Class<? extends ControlMessage>> dictionary(
      Class<? extends ControlMessage> root) {
    Map<String, Class<? extends ControlMessage>> found = new TreeMap<>();
    collect(root, found);
    return Map.copyOf(found);
  }

  private static void collect(
      Class<? extends ControlMessage> type, Map<String, Class<? extends ControlMessage>> found) {
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted.asSubclass(ControlMessage.class), found);
      }
    } else if (type.isRecord()) {
      Class<?> other = found.put(type.getSimpleName(), type);
      if (other != null) {
        throw new IllegalStateException(
            other.getName() + " and " + type.getName() + " have the same simple name");
      }
    } else {
      throw new IllegalStateException(type.getName() + " is no record");
    }
  }
}
