package io.geartrain.codec;

import io.geartrain.spi.Codec;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;

/** Stands for a type that is listed and can't be used; says why once a value of it turns up. */
record RefusingCodec(String name, String reason) implements Codec<Object> {
  @Override
  public Class<Object> type() {
    return Object.class;
  }

  @Override
  public String fingerprint() {
    return "refused " + name;
  }

  @Override
  public void write(Object value, Output out) {
    throw new CodecException(reason);
  }

  @Override
  public Object read(Input in) {
    throw new CodecException(reason);
  }
}
