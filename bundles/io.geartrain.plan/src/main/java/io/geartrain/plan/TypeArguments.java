package io.geartrain.plan;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what a class puts in for the type parameters of an interface; a lambda puts in nothing. */
final class TypeArguments {
  private TypeArguments() {}

  /** The arguments, as far as they are no type variables; none if it is not implemented. */
  static List<Type> of(Class<?> implementation, Class<?> generic) {
    return find(implementation, generic, Map.of()).stream()
        .filter(type -> !(type instanceof TypeVariable<?>))
        .toList();
  }

  private static List<Type> find(Type type, Class<?> generic, Map<Type, Type> known) {
    Map<Type, Type> arguments = known;
    Class<?> raw;
    if (type instanceof ParameterizedType parameterized) {
      raw = (Class<?>) parameterized.getRawType();
      Type[] given = parameterized.getActualTypeArguments();
      arguments = new HashMap<>();
      for (int i = 0; i < given.length; i++) {
        arguments.put(raw.getTypeParameters()[i], known.getOrDefault(given[i], given[i]));
      }
    } else {
      raw = (Class<?>) type;
    }
    if (raw == generic) {
      return Stream.of(raw.getTypeParameters())
          .map(arguments::get)
          .map(TypeArguments::orAny)
          .toList();
    }
    for (Type above : above(raw)) {
      if (generic.isAssignableFrom(rawOf(above))) {
        return find(above, generic, arguments);
      }
    }
    return List.of();
  }

  private static Type orAny(Type type) {
    return type == null ? Object.class : type;
  }

  private static List<Type> above(Class<?> type) {
    return Stream.concat(
            Stream.of(type.getGenericInterfaces()), Stream.ofNullable(type.getGenericSuperclass()))
        .toList();
  }

  private static Class<?> rawOf(Type type) {
    return (Class<?>)
        (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
  }
}
