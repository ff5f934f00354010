package io.geartrain.codec;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the types that values of declared classes may be made of. */
public final class Types {
  private final TreeMap<String, TypeDictionary.Entry> found = new TreeMap<>();
  private final TreeSet<String> leftOut = new TreeSet<>();
  private final Set<Type> seen = new HashSet<>();

  private Types() {}

  /**
   * What was found.
   *
   * @param dictionary the types, sorted by name
   * @param leftOut what can't be written, each with the reason
   */
  public record Collected(TypeDictionary dictionary, List<String> leftOut) {}

  /**
   * Walks from the classes through the components of records, the permitted subclasses of sealed
   * types, elements of arrays and type arguments. What can't be known before run time, as the
   * implementations of an open interface, is not in the answer.
   */
  public static Collected collect(Class<?>... classes) {
    return collect(Arrays.asList(classes));
  }

  /** The same for types with arguments too. */
  public static Collected collect(Collection<? extends Type> declared) {
    Types types = new Types();
    for (Type type : declared) {
      types.visit(type, "declared");
    }
    return new Collected(
        new TypeDictionary(List.copyOf(types.found.values())), List.copyOf(types.leftOut));
  }

  private void visit(Type type, String where) {
    if (!seen.add(type)) {
      return;
    }
    if (type instanceof Class<?> c) {
      visitClass(c, where);
    } else if (type instanceof ParameterizedType p) {
      visit(p.getRawType(), where);
      visitAll(p.getActualTypeArguments(), where);
    } else if (type instanceof GenericArrayType array) {
      visit(array.getGenericComponentType(), where);
    } else if (type instanceof WildcardType wildcard) {
      visitAll(wildcard.getUpperBounds(), where);
    } else if (type instanceof TypeVariable<?> variable) {
      visitAll(variable.getBounds(), where);
    }
  }

  private void visitAll(Type[] types, String where) {
    for (Type type : types) {
      visit(type, where);
    }
  }

  private void visitClass(Class<?> type, String where) {
    if (type.isPrimitive() || BuiltIns.covers(type)) {
      return;
    }
    if (isListed(type)) {
      found.put(type.getName(), new TypeDictionary.Entry(type.getName(), describe(type)));
      if (type.isArray()) {
        visit(type.getComponentType(), where);
      } else if (type.isRecord()) {
        for (RecordComponent component : type.getRecordComponents()) {
          visit(
              component.getGenericType(),
              "component " + component.getName() + " of " + type.getName());
        }
      }
    } else if (type.isSealed()) {
      visitAll(type.getPermittedSubclasses(), where);
      if (!Modifier.isAbstract(type.getModifiers())) {
        leftOut.add(type.getName() + " (" + where + "): " + ADVICE);
      }
    } else if (type.getSuperclass() != null && type.getSuperclass().isEnum()) {
      visit(type.getSuperclass(), where);
    } else if (!Modifier.isAbstract(type.getModifiers()) && type != Object.class) {
      leftOut.add(type.getName() + " (" + where + "): " + ADVICE);
    }
  }

  static final String ADVICE =
      "make it a record or an enum, or use scalars, strings, arrays and the collections of"
          + " java.util";

  /** True for what dictionaries list: records, enums, and arrays of references. */
  static boolean isListed(Class<?> type) {
    return type.isRecord()
        || type.isEnum()
        || type.isArray() && !type.getComponentType().isPrimitive() && type != Object[].class;
  }

  /** What the bytes of a listed type depend on. */
  static String describe(Class<?> type) {
    if (type.isArray()) {
      return "array";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> "\n" + ((Enum<?>) constant).name())
          .collect(Collectors.joining("", "enum", ""));
    }
    return Arrays.stream(type.getRecordComponents())
        .map(c -> "\n" + c.getName() + ": " + kind(c.getType()) + c.getGenericType().getTypeName())
        .collect(Collectors.joining("", "record", ""));
  }

  private static String kind(Class<?> type) {
    return type.isRecord() ? "record " : type.isEnum() ? "enum " : "";
  }

  /** In which way a type differs from what it was, for messages. */
  static String difference(String before, String now) {
    List<String> old = before.lines().toList();
    List<String> current = now.lines().toList();
    if (!old.get(0).equals(current.get(0))) {
      return "it was of kind " + old.get(0) + " and is of kind " + current.get(0);
    }
    TreeSet<String> gone = new TreeSet<>(old);
    current.forEach(gone::remove);
    TreeSet<String> come = new TreeSet<>(current);
    old.forEach(come::remove);
    if (gone.isEmpty() && come.isEmpty()) {
      return "the order was "
          + old.subList(1, old.size())
          + " and is "
          + current.subList(1, current.size());
    }
    return (gone.isEmpty() ? "" : "no longer there: " + String.join(", ", gone))
        + (gone.isEmpty() || come.isEmpty() ? "" : "; ")
        + (come.isEmpty() ? "" : "new: " + String.join(", ", come));
  }
}
