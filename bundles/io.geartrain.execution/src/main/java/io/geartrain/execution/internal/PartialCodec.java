package io.geartrain.execution.internal;

import io.geartrain.channel.KeyGroup;
import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;

/**
 * Writes what a {@link CombineStep} sends; the hash of the key is found anew where it is read.
 *
 * @param any writes keys and accumulators
 */
record PartialCodec(Codec<Object> any) implements Codec<Partial> {
  @Override
  public Class<Partial> type() {
    return Partial.class;
  }

  @Override
  public String fingerprint() {
    return "partial";
  }

  @Override
  public void write(Partial value, Output out) {
    any.write(value.key(), out);
    out.writeSignedLong(value.slice());
    out.writeVarLong(value.records());
    any.write(value.accumulator(), out);
  }

  @Override
  public Partial read(Input in) {
    Object key = any.read(in);
    if (key == null) {
      throw in.corrupt("a partial without a key");
    }
    long slice = in.readSignedLong();
    long records = in.readVarLong();
    return new Partial(key, KeyGroup.spread(key), slice, records, any.read(in));
  }
}
