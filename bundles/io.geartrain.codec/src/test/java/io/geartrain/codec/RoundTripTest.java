package io.geartrain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.spi.Codec;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final ClassLoader LOADER = RoundTripTest.class.getClassLoader();
  private final CodecRegistry registry =
      CodecRegistry.of(Types.collect(RandomValues.DECLARED).dictionary(), LOADER);

  @Test
  void everyValueComesBackAsItWas() {
    Output out = new Output();
    Input in = new Input();
    for (long seed = 0; seed < 3_000; seed++) {
      Object value = new RandomValues(seed).next(4);
      out.clear();
      registry.any().write(value, out);
      in.reset(out.array(), 0, out.size());

      Object read = registry.any().read(in);

      assertThat(in.remaining()).as("seed %d", seed).isZero();
      assertSame(read, value, "seed " + seed);
    }
  }

  /** Compares part by part, since arrays don't compare by content. */
  private void assertSame(Object read, Object value, String what) {
    if (value == null) {
      assertThat(read).as(what).isNull();
      return;
    }
    assertThat(read).as(what).isInstanceOf(value.getClass());
    assertThat(read)
        .as(what)
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .withEqualsForType(Double::equals, Double.class)
        .withEqualsForType(Float::equals, Float.class)
        .isEqualTo(value);
  }

  private static <T> byte[] bytes(Codec<T> codec, T value) {
    Output out = new Output();
    codec.write(value, out);
    return out.toByteArray();
  }

  @Test
  void collectionsWithoutAPublicClassComeBackAsPlainOnes() {
    assertThat(copy(List.of(1, "a"))).isInstanceOf(ArrayList.class).isEqualTo(List.of(1, "a"));
    assertThat(copy(List.of(1).subList(0, 1))).isEqualTo(List.of(1));
    assertThat(copy(Map.of("a", 1))).isEqualTo(Map.of("a", 1));
    assertThat(copy(Map.of("a", 1).keySet())).isEqualTo(java.util.Set.of("a"));
  }

  private Object copy(Object value) {
    return registry.any().read(new Input(bytes(registry.any(), value)));
  }

  @Test
  void typesWithoutChoiceNeedNoNumber() {
    assertThat(bytes(registry.codec(Long.class), 1L)).hasSize(1);
    assertThat(bytes(registry.codec(RandomValues.Circle.class), new RandomValues.Circle(2)))
        .hasSize(8);
    assertThat(registry.codec(RandomValues.Shape.class)).isSameAs(registry.any());
  }

  @Test
  void cyclesAreRefused() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    assertThatThrownBy(() -> bytes(registry.any(), cycle))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("cyclic");
  }

  @Test
  void unknownTypesAreNamedWithWhatToDo() {
    record Unlisted(int a) {}
    assertThatThrownBy(() -> bytes(registry.any(), new Unlisted(1)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Unlisted")
        .hasMessageContaining("does not list it");
    assertThatThrownBy(() -> bytes(registry.any(), List.of(new StringBuilder())))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("java.lang.StringBuilder")
        .hasMessageContaining("make it a record");
    assertThatThrownBy(() -> bytes(registry.any(), new TreeMap<>(Comparator.reverseOrder())))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("comparator");
  }
}
