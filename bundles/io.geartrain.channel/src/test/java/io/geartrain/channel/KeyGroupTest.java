package io.geartrain.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class KeyGroupTest {
  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "green";
      }
    }
  }

  record Plain(String name, int number, Long other, BigDecimal price, Plain next) {}

  record Painted(String name, Color color) {}

  record Holder(Object what, double weight) {}

  record Blob(byte[] bytes) {}

  record AnyCase(String name, Color color) {
    @Override
    public int hashCode() {
      return name.toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof AnyCase that && name.equalsIgnoreCase(that.name);
    }
  }

  /** Keys with an enum at each place where one may be. */
  public static final class Keys implements Callable<List<Object>> {
    @Override
    public List<Object> call() {
      return List.of(
          Color.GREEN,
          new Painted("a", Color.RED),
          new Holder(new Painted("b", Color.GREEN), 0.5),
          new Holder(null, -0.0),
          List.of(Color.RED, "x", 7L),
          Set.of(Color.RED, Color.GREEN),
          Map.of(Color.GREEN, List.of(Color.RED)),
          Optional.of(new Painted(null, Color.RED)));
    }
  }

  /** Makes this test's classes anew, as another process would. */
  private static final class Anew extends ClassLoader {
    Anew() {
      super(KeyGroupTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(KeyGroupTest.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void shouldFindTheSameGroupInEveryProcess() throws Exception {
    List<Integer> here = new Keys().call().stream().map(KeyGroup::spread).toList();

    for (int process = 0; process < 4; process++) {
      Class<?> type = new Anew().loadClass(Keys.class.getName());
      Constructor<?> constructor = type.getDeclaredConstructor();
      List<?> keys = (List<?>) ((Callable<?>) constructor.newInstance()).call();

      assertThat(keys.get(0)).isNotEqualTo(Color.GREEN);
      assertThat(keys.stream().map(KeyGroup::spread).toList()).isEqualTo(here);
    }
  }

  @Test
  void shouldKeepTheHashOfKeysWithoutEnums() {
    List<Object> keys =
        Arrays.asList(
            "a",
            'c',
            7,
            7L,
            -0.0,
            true,
            new Plain("a", 1, 2L, BigDecimal.TEN, new Plain(null, 3, null, null, null)),
            new Holder(List.of(1, "b"), 0.25),
            new Holder(null, 1),
            new ArrayList<>(Collections.singletonList(null)),
            new TreeSet<>(List.of(5, 6)),
            new HashMap<>(Map.of("k", Optional.of(1L))),
            Optional.empty());

    assertThat(keys).allSatisfy(key -> assertThat(StableHash.of(key)).isEqualTo(key.hashCode()));
  }

  @Test
  void shouldRememberAClassOnlyWhereItsOwnHashWillDo() {
    KeyHash hashes = new KeyHash();
    List<Object> keys =
        List.of(
            "a",
            "b",
            Color.RED,
            Color.RED,
            new Painted("a", Color.RED),
            new Painted("b", Color.RED),
            "c",
            new Plain("a", 1, 2L, null, null),
            new Plain("b", 1, 2L, null, null),
            new Holder(1, 2),
            new Holder(Color.GREEN, 2));

    assertThat(keys)
        .allSatisfy(
            key -> {
              assertThat(hashes.applyAsInt(key)).isEqualTo(KeyGroup.spread(key));
              assertThat(hashes.applyAsInt(key)).isEqualTo(KeyGroup.spread(key));
            });
    assertThat(StableHash.isOwn(Plain.class)).isTrue();
    assertThat(StableHash.isOwn(Painted.class)).isFalse();
    assertThat(StableHash.isOwn(Holder.class)).isFalse();
  }

  @Test
  void shouldLeaveRecordsTheirAuthorsHashCode() {
    assertThat(KeyGroup.spread(new AnyCase("Ada", Color.RED)))
        .isEqualTo(KeyGroup.spread(new AnyCase("ADA", Color.GREEN)));
  }

  @Test
  void shouldRefuseKeysThatAreComparedByIdentity() {
    assertThatThrownBy(() -> KeyGroup.spread(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("objects of java.lang.Object can't be keys")
        .hasMessageContaining("make the class a record");
    assertThatThrownBy(() -> KeyGroup.spread(new Holder(new ArrayDeque<>(), 1)))
        .hasMessageContaining("java.util.ArrayDeque");
    assertThatThrownBy(() -> KeyGroup.spread(List.of(String.class)))
        .hasMessageContaining("java.lang.Class");
    assertThatThrownBy(() -> KeyGroup.spread(new Blob(new byte[1])))
        .hasMessageContaining("arrays can't be keys")
        .hasMessageContaining("use a list");
    assertThatThrownBy(() -> KeyGroup.spread(new int[] {1})).hasMessageContaining("arrays");
  }
}
