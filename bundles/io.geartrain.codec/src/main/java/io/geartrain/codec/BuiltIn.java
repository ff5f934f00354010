package io.geartrain.codec;

import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;

/** A codec made of two functions, for a type that every dictionary knows. */
record BuiltIn<T>(Class<T> type, Writer<T> writer, Reader<T> reader) implements Codec<T> {
  interface Writer<T> {
    void write(T value, Output out);
  }

  interface Reader<T> {
    T read(Input in);
  }

  @Override
  public String fingerprint() {
    return type.getName();
  }

  @Override
  public void write(T value, Output out) {
    writer.write(value, out);
  }

  @Override
  public T read(Input in) {
    return reader.read(in);
  }
}
