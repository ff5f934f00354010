package io.geartrain.channel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hashes of keys that are the same in every process: {@link Object#hashCode}, but that enums count
 * by name wherever they are in a key. How a class is hashed is found out once. Thread-safe.
 */
final class StableHash {
  /** Hashes the keys of one class. */
  @FunctionalInterface
  private interface Way {
    int hash(Object key);
  }

  private static final Way OWN = Object::hashCode;
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private static final ClassValue<Way> WAYS =
      new ClassValue<>() {
        @Override
        protected Way computeValue(Class<?> type) {
          return way(type);
        }
      };

  private StableHash() {}

  /**
   * The hash of a key; 0 for null.
   *
   * @throws IllegalArgumentException if the key, or a part of it, is compared by identity
   */
  static int of(Object key) {
    if (key == null) {
      return 0;
    }
    Way way = WAYS.get(key.getClass());
    return way == OWN ? key.hashCode() : way.hash(key);
  }

  /** Whether keys of just this class may be asked for their hash, whatever they hold. */
  static boolean isOwn(Class<?> type) {
    return WAYS.get(type) == OWN;
  }

  private static Way way(Class<?> type) {
    if (Enum.class.isAssignableFrom(type)) {
      return key -> ((Enum<?>) key).name().hashCode();
    }
    if (List.class.isAssignableFrom(type)) {
      return key -> ofList((List<?>) key);
    }
    if (Set.class.isAssignableFrom(type)) {
      return key -> ofSet((Set<?>) key);
    }
    if (Map.class.isAssignableFrom(type)) {
      return key -> ofMap((Map<?, ?>) key);
    }
    if (type == Optional.class) {
      return key -> of(((Optional<?>) key).orElse(null));
    }
    if (isByIdentity(type)) {
      return StableHash::refuse;
    }
    return isOwn(type, new HashSet<>()) ? OWN : ofRecord(type);
  }

  private static boolean isByIdentity(Class<?> type) {
    return !type.isRecord() && ownerOfHashCode(type) == Object.class;
  }

  private static Class<?> ownerOfHashCode(Class<?> type) {
    try {
      return type.getMethod("hashCode").getDeclaringClass();
    } catch (NoSuchMethodException e) {
      throw new LinkageError(type + ".hashCode", e);
    }
  }

  private static boolean isOwn(Class<?> type, Set<Class<?>> seen) {
    if (!type.isRecord() || hasHashCodeOfItsAuthor(type) || !seen.add(type)) {
      return true;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      if (!isOwnComponent(component.getType(), seen)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOwnComponent(Class<?> type, Set<Class<?>> seen) {
    if (type.isPrimitive() || type == BigInteger.class || type == BigDecimal.class) {
      return true;
    }
    return Modifier.isFinal(type.getModifiers())
        && !Enum.class.isAssignableFrom(type)
        && type != Optional.class
        && !isByIdentity(type)
        && isOwn(type, seen);
  }

  /** Compilers make that of a record final; nobody else needs to. */
  private static boolean hasHashCodeOfItsAuthor(Class<?> type) {
    try {
      return !Modifier.isFinal(type.getMethod("hashCode").getModifiers());
    } catch (NoSuchMethodException e) {
      throw new LinkageError(type + ".hashCode", e);
    }
  }

  private static int ofList(List<?> list) {
    int hash = 1;
    for (Object element : list) {
      hash = 31 * hash + of(element);
    }
    return hash;
  }

  private static int ofSet(Set<?> set) {
    int hash = 0;
    for (Object element : set) {
      hash += of(element);
    }
    return hash;
  }

  private static int ofMap(Map<?, ?> map) {
    int hash = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      hash += of(entry.getKey()) ^ of(entry.getValue());
    }
    return hash;
  }

  private static Way ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    MethodHandle[] getters = new MethodHandle[components.length];
    try {
      MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, LOOKUP);
      for (int i = 0; i < components.length; i++) {
        getters[i] =
            inside
                .findGetter(type, components[i].getName(), components[i].getType())
                .asType(MethodType.methodType(Object.class, Object.class));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "the record "
              + type.getName()
              + " can't be a key, for its components can't be reached ("
              + e.getMessage()
              + "); open its package in module-info.java, or leave the module path",
          e);
    }
    return key -> ofComponents(key, getters);
  }

  private static int ofComponents(Object key, MethodHandle[] getters) {
    int hash = 0;
    for (MethodHandle getter : getters) {
      hash = 31 * hash + of(component(key, getter));
    }
    return hash;
  }

  private static Object component(Object key, MethodHandle getter) {
    try {
      return (Object) getter.invokeExact(key);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static int refuse(Object key) {
    Class<?> type = key.getClass();
    throw new IllegalArgumentException(
        (type.isArray() ? "arrays" : "objects of " + type.getName())
            + " can't be keys or parts of keys, for they are compared by identity, and are others in"
            + " each process; "
            + (type.isArray()
                ? "use a list"
                : "make the class a record, or give it equals and hashCode"));
  }
}
