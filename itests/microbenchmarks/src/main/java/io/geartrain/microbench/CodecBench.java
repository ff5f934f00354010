package io.geartrain.microbench;

import io.geartrain.codec.CodecRegistry;
import io.geartrain.codec.Types;
import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A record of five components as bytes, and made of them again. */
@State(Scope.Thread)
public class CodecBench {
  /** What is written. */
  public record Bid(long auction, int bidder, double price, String channel, boolean last) {}

  private final Bid bid = new Bid(1_007, 42, 19.5, "web", false);
  private final Codec<Object> any =
      CodecRegistry.of(Types.collect(Bid.class).dictionary(), CodecBench.class.getClassLoader())
          .any();
  private final Output out = new Output();
  private final Output written = new Output();
  private final Input in = new Input();

  /** Both codecs. */
  public CodecBench() {
    any.write(bid, written);
  }

  /** As bytes. */
  @Benchmark
  public int write() {
    out.clear();
    any.write(bid, out);
    return out.size();
  }

  /** Made of them. */
  @Benchmark
  public Object read() {
    in.reset(written.array(), 0, written.size());
    return any.read(in);
  }
}
