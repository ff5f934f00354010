package io.geartrain.codec;

import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;

/** A component of a record whose declared type leaves no choice: null or not, then the value. */
final class Slot {
  private final Class<?> type;
  private Codec<Object> codec;

  Slot(Class<?> type) {
    this.type = type;
  }

  Class<?> type() {
    return type;
  }

  /** Sets the codec, before the first use and before other threads see this. */
  void link(Codec<Object> codec) {
    this.codec = codec;
  }

  void write(Object value, Output out) {
    if (value == null) {
      out.writeByte(0);
    } else {
      out.writeByte(1);
      codec.write(value, out);
    }
  }

  Object read(Input in) {
    return in.readBoolean() ? codec.read(in) : null;
  }
}
