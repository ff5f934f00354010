package io.geartrain.codec;

import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;

/** Writes the place of an enum's constant. */
final class EnumCodec implements Codec<Object> {
  private final Class<?> type;
  private final Object[] constants;

  EnumCodec(Class<?> type) {
    this.type = type;
    this.constants = type.getEnumConstants();
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
    out.writeVarInt(((Enum<?>) value).ordinal());
  }

  @Override
  public Object read(Input in) {
    int ordinal = in.readVarInt();
    if (ordinal < 0 || ordinal >= constants.length) {
      throw in.corrupt("constant " + ordinal + " of " + type.getName());
    }
    return constants[ordinal];
  }
}
