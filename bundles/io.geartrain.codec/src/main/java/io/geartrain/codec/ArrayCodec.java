package io.geartrain.codec;

import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.lang.reflect.Array;

/** Writes an array of references, each element with its type. */
final class ArrayCodec implements Codec<Object> {
  private final Class<?> type;
  private final Codec<Object> any;

  ArrayCodec(Class<?> type, Codec<Object> any) {
    this.type = type;
    this.any = any;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Class<Object> type() {
    return (Class<Object>) type;
  }

  @Override
  public String fingerprint() {
    return Types.describe(type);
  }

  @Override
  public void write(Object value, Output out) {
    Object[] elements = (Object[]) value;
    out.enter();
    out.writeVarInt(elements.length);
    for (Object element : elements) {
      any.write(element, out);
    }
    out.exit();
  }

  @Override
  public Object read(Input in) {
    in.enter();
    Object[] elements = (Object[]) Array.newInstance(type.getComponentType(), in.readLength(1));
    for (int i = 0; i < elements.length; i++) {
      Object element = any.read(in);
      try {
        elements[i] = element;
      } catch (ArrayStoreException e) {
        throw BuiltIns.refused(in, type, e);
      }
    }
    in.exit();
    return elements;
  }
}
