package io.geartrain.actor.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes records of any type from their components, at random. */
final class RandomRecords {
  private static final int MAX_ATTEMPTS = 200;

  private final RandomGenerator random;

  RandomRecords(RandomGenerator random) {
    this.random = random;
  }

  Object next(Class<?> record) throws ReflectiveOperationException {
    ReflectiveOperationException refused = null;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      RecordComponent[] components = record.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = value(components[i].getGenericType());
      }
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      try {
        return constructor.newInstance(values);
      } catch (java.lang.reflect.InvocationTargetException e) {
        // a record that checks its components: try others
        refused = e;
      }
    }
    throw refused;
  }

  private Object value(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(present(arguments[0]));
        }
        return List.copyOf(list);
      }
      if (generic.getRawType() == Map.class) {
        Map<Object, Object> map = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          map.put(present(arguments[0]), present(arguments[1]));
        }
        return Map.copyOf(map);
      }
      throw new IllegalArgumentException("no values of " + type);
    }
    Class<?> raw = (Class<?>) type;
    boolean mayBeNull =
        raw == String.class || raw == Long.class || raw == Instant.class || raw == byte[].class;
    return mayBeNull && random.nextInt(4) == 0 ? null : present(raw);
  }

  private Object present(Type type) throws ReflectiveOperationException {
    if (!(type instanceof Class<?> raw)) {
      return value(type);
    }
    if (raw == String.class) {
      return text();
    }
    if (raw == int.class || raw == Integer.class) {
      return random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(1, 5);
    }
    if (raw == long.class || raw == Long.class) {
      return random.nextInt(3) == 0 ? random.nextLong() : random.nextLong(1, 100);
    }
    if (raw == double.class) {
      return random.nextInt(8) == 0 ? Double.NaN : random.nextDouble() * 1e9;
    }
    if (raw == boolean.class) {
      return random.nextBoolean();
    }
    if (raw == byte[].class) {
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      return bytes;
    }
    if (raw == Instant.class) {
      return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(999_999_999));
    }
    if (raw.isEnum()) {
      Object[] constants = raw.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    if (raw.isRecord()) {
      return next(raw);
    }
    throw new IllegalArgumentException("no values of " + raw);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint("aé\"\\\n\u2028𝄞 /\0".codePointAt(random.nextInt(4)));
      text.append((char) random.nextInt(1, 0xD7FF));
    }
    return text.toString();
  }
}
