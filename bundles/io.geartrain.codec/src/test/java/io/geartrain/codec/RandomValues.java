package io.geartrain.codec;

import io.geartrain.api.Keyed;
import io.geartrain.api.Windowed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Values of every kind, from a seed. */
final class RandomValues {
  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "verde";
      }
    }
  }

  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(float side, Colour colour) implements Shape {}

  record Scalars(
      boolean a, byte b, short c, char d, int e, long f, float g, double h, Long i, String j) {}

  record Tree(String name, Tree left, Tree right, Shape shape, List<Map<String, Shape>> shapes) {}

  record Empty() {}

  record Generic<T>(T value, Object other) {}

  record Arrays_(Shape[] shapes, long[][] numbers) {}

  static final Class<?>[] DECLARED = {
    Scalars.class, Tree.class, Empty.class, Generic.class, Arrays_.class, String[].class
  };

  private final Random random;

  RandomValues(long seed) {
    random = new Random(seed);
  }

  Object next(int depth) {
    int kinds = depth == 0 ? 26 : 43;
    switch (random.nextInt(kinds)) {
      case 0:
        return null;
      case 1:
        return random.nextBoolean();
      case 2:
        return (byte) random.nextInt();
      case 3:
        return (short) random.nextInt();
      case 4:
        return (char) random.nextInt();
      case 5:
        return random.nextInt() >> random.nextInt(32);
      case 6:
        return number();
      case 7:
        return Float.intBitsToFloat(random.nextInt());
      case 8:
        return random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
      case 9:
        return text();
      case 10:
        {
          byte[] bytes = new byte[random.nextInt(9)];
          random.nextBytes(bytes);
          return bytes;
        }
      case 11:
        return new boolean[] {random.nextBoolean(), random.nextBoolean()};
      case 12:
        return new short[] {(short) random.nextInt(), -1};
      case 13:
        return text().toCharArray();
      case 14:
        return random.ints(random.nextInt(5)).toArray();
      case 15:
        return random.longs(random.nextInt(5)).toArray();
      case 16:
        return new float[] {random.nextFloat()};
      case 17:
        return random.doubles(random.nextInt(5)).toArray();
      case 18:
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case 19:
        return Duration.ofSeconds(number() >> 2, random.nextInt(1_000_000_000));
      case 20:
        return new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(40) - 20);
      case 21:
        return new BigInteger(random.nextInt(200), random).negate();
      case 22:
        return new UUID(random.nextLong(), random.nextLong());
      case 23:
        return Colour.values()[random.nextInt(2)];
      case 24:
        return LocalDate.ofEpochDay(random.nextInt(100_000));
      case 25:
        return LocalDateTime.ofEpochSecond(random.nextInt(), 7, ZoneOffset.UTC);
      case 26:
        return objects(depth);
      case 27:
        return new ArrayList<>(Arrays.asList(objects(depth)));
      case 28:
        return new LinkedList<>(Arrays.asList(objects(depth)));
      case 29:
        return new HashSet<>(List.of(text(), number()));
      case 30:
        return new LinkedHashSet<>(Arrays.asList(objects(depth)));
      case 31:
        return new TreeSet<>(List.of(number(), 5L));
      case 32:
        {
          Map<Object, Object> map = new HashMap<>();
          map.put(text(), next(depth - 1));
          map.put(null, next(depth - 1));
          return map;
        }
      case 33:
        {
          Map<Object, Object> map = new LinkedHashMap<>();
          map.put(number(), next(depth - 1));
          map.put(text(), next(depth - 1));
          return map;
        }
      case 34:
        return new TreeMap<>(Map.of(text(), number()));
      case 35:
        return Optional.ofNullable(next(depth - 1));
      case 36:
        return new Keyed<>(next(depth - 1), next(depth - 1));
      case 37:
        return new Windowed<>(next(depth - 1), number(), number(), next(depth - 1));
      case 38:
        return scalars();
      case 39:
        return tree(depth);
      case 40:
        return new Generic<>(next(depth - 1), random.nextBoolean() ? new Empty() : null);
      case 41:
        return new Arrays_(new Shape[] {shape(), null}, new long[][] {{number()}, {}, null});
      default:
        return new ArrayDeque<>(List.of(text(), scalars()));
    }
  }

  private Object[] objects(int depth) {
    Object[] objects = new Object[random.nextInt(4)];
    Arrays.setAll(objects, i -> next(depth - 1));
    return objects;
  }

  private long number() {
    return random.nextLong() >> random.nextInt(64);
  }

  private String text() {
    int range = random.nextBoolean() ? 0x100 : 0x10000;
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append((char) random.nextInt(range));
    }
    return text.toString();
  }

  private Scalars scalars() {
    return new Scalars(
        random.nextBoolean(),
        (byte) random.nextInt(),
        (short) random.nextInt(),
        (char) random.nextInt(),
        random.nextInt(),
        number(),
        random.nextFloat(),
        random.nextDouble(),
        random.nextBoolean() ? number() : null,
        random.nextBoolean() ? text() : null);
  }

  private Tree tree(int depth) {
    return depth <= 0
        ? null
        : new Tree(
            text(),
            tree(depth - 1),
            random.nextBoolean() ? tree(depth - 2) : null,
            shape(),
            List.of(Map.of(text(), new Circle(1))));
  }

  private Shape shape() {
    return random.nextBoolean()
        ? new Circle(random.nextDouble())
        : new Square(1.5f, Colour.values()[random.nextInt(2)]);
  }
}
