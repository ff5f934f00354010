package io.geartrain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.spi.Codec;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodecRegistryTest {
  private static final ClassLoader LOADER = CodecRegistryTest.class.getClassLoader();

  record Bid(long auction, int price) {}

  record Outer(Bid bid, Open open) {}

  interface Open {}

  static class Plain {}

  record Holder(Plain plain, List<? extends Side> sides) {}

  enum Side {
    BUY,
    SELL
  }

  @Test
  void findsWhatIsReachableInAFixedOrder() {
    Types.Collected collected = Types.collect(Holder.class, Outer.class, String.class, List.class);

    assertThat(collected.dictionary().entries().stream().map(TypeDictionary.Entry::name))
        .containsExactly(
            Bid.class.getName(),
            Holder.class.getName(),
            Outer.class.getName(),
            Side.class.getName());
    assertThat(collected.leftOut())
        .singleElement()
        .asString()
        .contains(Plain.class.getName(), "component plain of", "make it a record");
    assertThat(Types.collect(Outer.class, Holder.class)).isEqualTo(collected);
  }

  @Test
  void dictionariesTravel() {
    TypeDictionary dictionary = Types.collect(Holder.class).dictionary();
    Output out = new Output();
    dictionary.write(out);
    assertThat(TypeDictionary.read(new Input(out.toByteArray()))).isEqualTo(dictionary);
  }

  @Test
  void growsByWhatIsWritten() {
    CodecRegistry registry = CodecRegistry.growing(TypeDictionary.EMPTY, LOADER);
    Output out = new Output();
    registry.any().write(new Outer(new Bid(1, 2), null), out);
    registry.any().write(Side.SELL, out);

    CodecRegistry other = CodecRegistry.of(registry.dictionary(), LOADER);
    Input in = new Input(out.toByteArray());
    assertThat(other.any().read(in)).isEqualTo(new Outer(new Bid(1, 2), null));
    assertThat(other.any().read(in)).isEqualTo(Side.SELL);
  }

  @Test
  void aChangedRecordIsRefusedWithTheComponent() {
    TypeDictionary before =
        new TypeDictionary(
            List.of(
                new TypeDictionary.Entry(
                    Bid.class.getName(), "record\nauction: long\nprice: long")));
    Output out = new Output();
    out.writeVarInt(BuiltIns.FIRST_LISTED);
    out.writeSignedLong(1);
    out.writeSignedLong(2);

    assertThatThrownBy(
            () -> CodecRegistry.of(before, LOADER).any().read(new Input(out.toByteArray())))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(Bid.class.getName() + " has changed")
        .hasMessageContaining("no longer there: price: long; new: price: int");
  }

  @Test
  void aRemovedTypeIsRefusedByName() {
    TypeDictionary before =
        new TypeDictionary(List.of(new TypeDictionary.Entry("x.Gone", "record\na: int")));
    Output out = new Output();
    out.writeVarInt(BuiltIns.FIRST_LISTED);
    assertThatThrownBy(
            () -> CodecRegistry.of(before, LOADER).any().read(new Input(out.toByteArray())))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("x.Gone is not in the application's bundle");
  }

  @Test
  void onlyRecordsEnumsAndArraysAreEverMade() {
    TypeDictionary bad =
        new TypeDictionary(List.of(new TypeDictionary.Entry("java.lang.Thread", "record")));
    Output out = new Output();
    out.writeVarInt(BuiltIns.FIRST_LISTED);
    assertThatThrownBy(() -> CodecRegistry.of(bad, LOADER).any().read(new Input(out.toByteArray())))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("no record, enum or array");
  }

  @Test
  void theEngineHasNumbersOfItsOwn() {
    Codec<Plain> plain =
        new BuiltIn<>(Plain.class, (value, out) -> out.writeByte(7), in -> plainOf(in.readByte()));
    CodecRegistry registry =
        CodecRegistry.of(
            Types.collect(Bid.class).dictionary(), LOADER, any -> List.<Codec<?>>of(plain));
    Output out = new Output();
    registry.any().write(new Plain(), out);
    registry.any().write(new Bid(1, 2), out);

    Input in = new Input(out.toByteArray());
    assertThat(registry.any().read(in)).isInstanceOf(Plain.class);
    assertThat(registry.any().read(in)).isEqualTo(new Bid(1, 2));
    assertThatThrownBy(
            () -> CodecRegistry.of(TypeDictionary.EMPTY, LOADER).any().read(new Input(out.array())))
        .hasMessageContaining("type " + BuiltIns.FIRST_OF_ENGINE);
    assertThatThrownBy(
            () ->
                CodecRegistry.of(
                    TypeDictionary.EMPTY, LOADER, any -> java.util.Collections.nCopies(5, plain)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Plain plainOf(int seven) {
    assertThat(seven).isEqualTo(7);
    return new Plain();
  }

  @Test
  void whyAListedTypeCantBeWrittenIsTold() {
    TypeDictionary before =
        new TypeDictionary(
            List.of(new TypeDictionary.Entry(Bid.class.getName(), "record\nauction: int")));
    assertThatThrownBy(
            () -> CodecRegistry.of(before, LOADER).any().write(new Bid(1, 2), new Output()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("has changed");
  }

  @Test
  void noNameIsOnTheWire() {
    CodecRegistry registry = CodecRegistry.growing(TypeDictionary.EMPTY, LOADER);
    Output out = new Output();
    registry.any().write(new Bid(1, 2), out);
    assertThat(out.size()).isEqualTo(3);
  }

  /** As the loader of a bundle would: classes of its own, of the same names. */
  private static final class BundleLoader extends ClassLoader {
    BundleLoader() {
      super(LOADER);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(CodecRegistryTest.class.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void recordsOfAnotherLoaderAreReachedThoughNotPublic() throws Exception {
    ClassLoader bundle = new BundleLoader();
    Class<?> bidClass = bundle.loadClass(Bid.class.getName());
    Class<?> outerClass = bundle.loadClass(Outer.class.getName());
    Constructor<?> makeBid = bidClass.getDeclaredConstructor(long.class, int.class);
    makeBid.setAccessible(true);
    Constructor<?> makeOuter =
        outerClass.getDeclaredConstructor(bidClass, bundle.loadClass(Open.class.getName()));
    makeOuter.setAccessible(true);
    Object value = makeOuter.newInstance(makeBid.newInstance(1L, 2), null);
    assertThat(value).isNotInstanceOf(Outer.class);

    CodecRegistry theirs = CodecRegistry.of(Types.collect(outerClass).dictionary(), bundle);
    Output out = new Output();
    theirs.any().write(value, out);
    assertThat(theirs.any().read(new Input(out.toByteArray()))).isEqualTo(value);

    CodecRegistry ours = CodecRegistry.growing(theirs.dictionary(), LOADER);
    assertThat(ours.any().read(new Input(out.toByteArray())))
        .isEqualTo(new Outer(new Bid(1, 2), null));
    assertThatThrownBy(() -> ours.any().write(value, new Output()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("another class of this name");
  }
}
