package io.geartrain.execution.internal;

import io.geartrain.codec.CodecRegistry;
import io.geartrain.codec.TypeDictionary;
import io.geartrain.spi.Codec;
import java.util.List;
import java.util.function.Supplier;

/**
 * What writes the records of an execution as bytes: the types of its plan and the engine's own,
 * nothing else. Made when the first task asks, for that may run code of the application.
 * Thread-safe.
 */
final class ChannelCodecs implements Supplier<Codec<Object>> {
  private final TypeDictionary types;
  private final ClassLoader loader;
  private Codec<Object> any;

  /**
   * Codecs.
   *
   * @param types that the plan lists
   * @param loader finds the application's classes
   */
  ChannelCodecs(TypeDictionary types, ClassLoader loader) {
    this.types = types;
    this.loader = loader;
  }

  @Override
  public synchronized Codec<Object> get() {
    if (any == null) {
      any = CodecRegistry.of(types, loader, all -> List.of(new PartialCodec(all))).any();
    }
    return any;
  }
}
