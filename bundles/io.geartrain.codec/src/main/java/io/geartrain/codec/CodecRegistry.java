package io.geartrain.codec;

import io.geartrain.spi.Codec;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The codecs of a dictionary's types, resolved by one class loader: that of the application's
 * bundle. Thread-safe.
 */
public final class CodecRegistry {
  private final ClassLoader loader;
  private final boolean growing;
  private final Codec<Object> any = new AnyCodec();
  private List<TypeDictionary.Entry> entries = List.of();
  private List<Codec<?>> codecs;
  private volatile TypeTable table;

  private CodecRegistry(
      ClassLoader loader, boolean growing, Function<Codec<Object>, List<Codec<?>>> engine) {
    this.loader = Objects.requireNonNull(loader, "loader");
    this.growing = growing;
    codecs = new ArrayList<>(Collections.nCopies(BuiltIns.FIRST_LISTED, null));
    setFrom(BuiltIns.NULL + 1, BuiltIns.make(any), BuiltIns.FIRST_OF_ENGINE);
    setFrom(BuiltIns.FIRST_OF_ENGINE, engine.apply(any), BuiltIns.FIRST_LISTED);
    table = new TypeTable(codecs);
  }

  private void setFrom(int first, List<Codec<?>> numbered, int end) {
    if (numbered.size() > end - first) {
      throw new IllegalArgumentException(
          numbered.size() + " types do not fit between the numbers " + first + " and " + end);
    }
    for (int i = 0; i < numbered.size(); i++) {
      codecs.set(first + i, numbered.get(i));
    }
  }

  /**
   * Codecs for just the types of the dictionary. A type that the loader doesn't find, or that is
   * not as described, is refused once a value of it turns up.
   */
  public static CodecRegistry of(TypeDictionary dictionary, ClassLoader loader) {
    return of(dictionary, loader, any -> List.of());
  }

  /**
   * The same, with types of the engine's own.
   *
   * @param engine makes their codecs, at most four, of the one that writes any value; their places
   *     in the list are part of their numbers
   */
  public static CodecRegistry of(
      TypeDictionary dictionary,
      ClassLoader loader,
      Function<Codec<Object>, List<Codec<?>>> engine) {
    CodecRegistry registry = new CodecRegistry(loader, false, engine);
    registry.add(dictionary.entries());
    return registry;
  }

  /**
   * The same, but a record, an enum or an array of such that is written and not yet listed gets the
   * next number. For where the writer hands its {@link #dictionary} to the reader: checkpoints, and
   * channels within one JVM.
   */
  public static CodecRegistry growing(TypeDictionary dictionary, ClassLoader loader) {
    CodecRegistry registry = new CodecRegistry(loader, true, any -> List.of());
    registry.add(dictionary.entries());
    return registry;
  }

  /** The types as they are numbered now. */
  public synchronized TypeDictionary dictionary() {
    return new TypeDictionary(entries);
  }

  /** Writes a value of any listed type, or null, with the number of its type before it. */
  public Codec<Object> any() {
    return any;
  }

  /**
   * Writes values of one type, never null; without a number where the type leaves no choice.
   *
   * @throws CodecException if it can't be written
   */
  @SuppressWarnings("unchecked")
  public <T> Codec<T> codec(Class<T> type) {
    if (!BuiltIns.isExact(type) && !type.isRecord() && !type.isEnum()) {
      return (Codec<T>) any;
    }
    int number = numberOf(type);
    return (Codec<T>) table.codec(number);
  }

  private int numberOf(Class<?> type) {
    int number = table.numberOf(type);
    if (number != 0) {
      return number;
    }
    if (growing && Types.isListed(type)) {
      return learn(type);
    }
    throw new CodecException(type.getName() + " can't be written: " + whyNot(type));
  }

  private String whyNot(Class<?> type) {
    if (!Types.isListed(type)) {
      return Types.ADVICE;
    }
    RefusingCodec refusing = refusing(type, codecsNow());
    return refusing != null
        ? refusing.reason()
        : "the plan does not list it; name it in define(): streams.types("
            + type.getSimpleName()
            + ".class)";
  }

  private synchronized List<Codec<?>> codecsNow() {
    return codecs;
  }

  private static RefusingCodec refusing(Class<?> type, List<Codec<?>> all) {
    for (Codec<?> codec : all) {
      if (codec instanceof RefusingCodec refusing && refusing.name().equals(type.getName())) {
        return refusing;
      }
    }
    return null;
  }

  private synchronized int learn(Class<?> type) {
    Map<String, TypeDictionary.Entry> known = new HashMap<>();
    entries.forEach(entry -> known.put(entry.name(), entry));
    List<TypeDictionary.Entry> news = new ArrayList<>();
    for (TypeDictionary.Entry entry : Types.collect(type).dictionary().entries()) {
      if (!known.containsKey(entry.name())) {
        news.add(entry);
      }
    }
    add(news);
    int number = table.numberOf(type);
    if (number == 0) {
      throw new CodecException(
          type.getName()
              + " can't be written: the application's loader has another class of this name, or"
              + " none");
    }
    return number;
  }

  private synchronized void add(List<TypeDictionary.Entry> news) {
    List<Codec<?>> all = new ArrayList<>(codecs);
    List<RecordCodec> records = new ArrayList<>();
    for (TypeDictionary.Entry entry : news) {
      Codec<Object> codec = resolve(entry);
      all.add(codec);
      if (codec instanceof RecordCodec made) {
        records.add(made);
      }
    }
    TypeTable next = new TypeTable(all);
    for (RecordCodec codec : records) {
      for (Slot slot : codec.slots()) {
        Codec<Object> target = next.codec(next.numberOf(slot.type()));
        slot.link(target != null ? target : missing(slot.type(), codec.type(), all));
      }
    }
    List<TypeDictionary.Entry> joined = new ArrayList<>(entries);
    joined.addAll(news);
    entries = List.copyOf(joined);
    codecs = all;
    table = next;
  }

  private static Codec<Object> missing(Class<?> type, Class<?> holder, List<Codec<?>> all) {
    RefusingCodec refusing = refusing(type, all);
    if (refusing != null) {
      return refusing;
    }
    return new RefusingCodec(
        type.getName(),
        type.getName() + ", a component of " + holder.getName() + ", is not listed");
  }

  private Codec<Object> resolve(TypeDictionary.Entry entry) {
    String name = entry.name();
    Class<?> type;
    try {
      type = Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return new RefusingCodec(
          name,
          name + " is not in the application's bundle (" + e + "); put it back, or start anew");
    }
    if (!Types.isListed(type)) {
      return new RefusingCodec(name, name + " is no record, enum or array: " + Types.ADVICE);
    }
    String now = Types.describe(type);
    if (!now.equals(entry.description())) {
      return new RefusingCodec(
          name,
          name
              + " has changed ("
              + Types.difference(entry.description(), now)
              + "); restore its old form and use a new type beside it, or start anew");
    }
    if (type.isArray()) {
      return new ArrayCodec(type, any);
    }
    try {
      return type.isEnum() ? new EnumCodec(type) : new RecordCodec(type, any);
    } catch (CodecException e) {
      return new RefusingCodec(name, e.getMessage());
    }
  }

  /** The number of the type, then the value. */
  private final class AnyCodec implements Codec<Object> {
    @Override
    public Class<Object> type() {
      return Object.class;
    }

    @Override
    public String fingerprint() {
      return "any";
    }

    @Override
    public void write(Object value, Output out) {
      if (value == null) {
        out.writeByte(BuiltIns.NULL);
        return;
      }
      TypeTable current = table;
      int number = current.numberOf(value.getClass());
      if (number == 0) {
        number = special(value);
        current = table;
      }
      out.writeVarInt(number);
      current.codec(number).write(value, out);
    }

    private int special(Object value) {
      if (value instanceof Enum<?> constant) {
        return numberOf(constant.getDeclaringClass());
      }
      Class<?> plain = BuiltIns.plain(value);
      return numberOf(plain == null ? value.getClass() : plain);
    }

    @Override
    public Object read(Input in) {
      int number = in.readVarInt();
      if (number == BuiltIns.NULL) {
        return null;
      }
      Codec<Object> codec = table.codec(number);
      if (codec == null) {
        throw in.corrupt("type " + number + ", which the dictionary does not have");
      }
      return codec.read(in);
    }
  }
}
