package io.geartrain.codec;

import io.geartrain.api.Keyed;
import io.geartrain.api.Windowed;
import io.geartrain.spi.Codec;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.CorruptDataException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The types that every dictionary knows, under numbers that never change. */
final class BuiltIns {
  /** The number of null. */
  static final int NULL = 0;

  /** The first number for types of the engine's own, which applications never see. */
  static final int FIRST_OF_ENGINE = 44;

  /** The first number that a dictionary gives away. */
  static final int FIRST_LISTED = 48;

  private static final Set<Class<?>> CLASSES =
      make(null).stream().map(Codec::type).collect(Collectors.toUnmodifiableSet());

  /** Those in whose place nothing else can stand, so that the number may be left out. */
  private static final Set<Class<?>> EXACT =
      CLASSES.stream()
          .filter(c -> Modifier.isFinal(c.getModifiers()) && c != Object[].class)
          .collect(Collectors.toUnmodifiableSet());

  private BuiltIns() {}

  static boolean covers(Class<?> type) {
    return CLASSES.contains(type) || isPlainView(type);
  }

  static boolean isExact(Class<?> type) {
    return EXACT.contains(type);
  }

  /**
   * The class under which a collection is written whose own class nobody can name, as that of
   * {@code List.of}; null for other classes.
   */
  static Class<?> plain(Object value) {
    Class<?> type = value.getClass();
    if (!isPlainView(type)) {
      return null;
    }
    if (value instanceof List) {
      return ArrayList.class;
    }
    if (value instanceof Map) {
      return LinkedHashMap.class;
    }
    return value instanceof Set ? LinkedHashSet.class : null;
  }

  private static boolean isPlainView(Class<?> type) {
    return !Modifier.isPublic(type.getModifiers()) && type.getName().startsWith("java.util.");
  }

  /** The codecs in the order of their numbers, of which the first is 1. Only append to them. */
  static List<Codec<?>> make(Codec<Object> any) {
    List<Codec<?>> all = new ArrayList<>();
    all.add(new BuiltIn<>(Boolean.class, (v, out) -> out.writeBoolean(v), Input::readBoolean));
    all.add(new BuiltIn<>(Byte.class, (v, out) -> out.writeByte(v), in -> (byte) in.readByte()));
    all.add(new BuiltIn<>(Short.class, (v, out) -> out.writeSignedInt(v), BuiltIns::readShort));
    all.add(new BuiltIn<>(Character.class, (v, out) -> out.writeVarInt(v), BuiltIns::readChar));
    all.add(new BuiltIn<>(Integer.class, (v, out) -> out.writeSignedInt(v), Input::readSignedInt));
    all.add(new BuiltIn<>(Long.class, (v, out) -> out.writeSignedLong(v), Input::readSignedLong));
    all.add(new BuiltIn<>(Float.class, (v, out) -> out.writeFloat(v), Input::readFloat));
    all.add(new BuiltIn<>(Double.class, (v, out) -> out.writeDouble(v), Input::readDouble));
    all.add(new BuiltIn<>(String.class, (v, out) -> out.writeString(v), Input::readString));
    addArrays(all, any);
    addCollections(all, any);
    addOthers(all, any);
    return all;
  }

  static short readShort(Input in) {
    int value = in.readSignedInt();
    if (value != (short) value) {
      throw in.corrupt("a short of " + value);
    }
    return (short) value;
  }

  static char readChar(Input in) {
    int value = in.readVarInt();
    if (value != (char) value) {
      throw in.corrupt("a char of " + value);
    }
    return (char) value;
  }

  private static void addArrays(List<Codec<?>> all, Codec<Object> any) {
    all.add(
        new BuiltIn<>(
            byte[].class,
            (v, out) -> {
              out.writeVarInt(v.length);
              out.writeBytes(v, 0, v.length);
            },
            in -> {
              byte[] v = new byte[in.readLength(1)];
              in.readBytes(v, 0, v.length);
              return v;
            }));
    all.add(
        new BuiltIn<>(
            boolean[].class,
            (v, out) -> {
              out.writeVarInt(v.length);
              for (boolean element : v) {
                out.writeBoolean(element);
              }
            },
            in -> {
              boolean[] v = new boolean[in.readLength(1)];
              for (int i = 0; i < v.length; i++) {
                v[i] = in.readBoolean();
              }
              return v;
            }));
    all.add(
        new BuiltIn<>(
            short[].class,
            (v, out) -> {
              out.writeVarInt(v.length);
              for (short element : v) {
                out.writeSignedInt(element);
              }
            },
            in -> {
              short[] v = new short[in.readLength(1)];
              for (int i = 0; i < v.length; i++) {
                v[i] = readShort(in);
              }
              return v;
            }));
    all.add(
        new BuiltIn<>(
            char[].class,
            (v, out) -> {
              out.writeVarInt(v.length);
              for (char element : v) {
                out.writeVarInt(element);
              }
            },
            in -> {
              char[] v = new char[in.readLength(1)];
              for (int i = 0; i < v.length; i++) {
                v[i] = readChar(in);
              }
              return v;
            }));
    all.add(
        new BuiltIn<>(
            int[].class,
            (v, out) -> {
              out.writeVarInt(v.length);
              for (int element : v) {
                out.writeSignedInt(element);
              }
            },
            in -> {
              int[] v = new int[in.readLength(1)];
              for (int i = 0; i < v.length; i++) {
                v[i] = in.readSignedInt();
              }
              return v;
            }));
    all.add(
        new BuiltIn<>(
            long[].class,
            (v, out) -> {
              out.writeVarInt(v.length);
              for (long element : v) {
                out.writeSignedLong(element);
              }
            },
            in -> {
              long[] v = new long[in.readLength(1)];
              for (int i = 0; i < v.length; i++) {
                v[i] = in.readSignedLong();
              }
              return v;
            }));
    all.add(
        new BuiltIn<>(
            float[].class,
            (v, out) -> {
              out.writeVarInt(v.length);
              for (float element : v) {
                out.writeFloat(element);
              }
            },
            in -> {
              float[] v = new float[in.readLength(Float.BYTES)];
              for (int i = 0; i < v.length; i++) {
                v[i] = in.readFloat();
              }
              return v;
            }));
    all.add(
        new BuiltIn<>(
            double[].class,
            (v, out) -> {
              out.writeVarInt(v.length);
              for (double element : v) {
                out.writeDouble(element);
              }
            },
            in -> {
              double[] v = new double[in.readLength(Double.BYTES)];
              for (int i = 0; i < v.length; i++) {
                v[i] = in.readDouble();
              }
              return v;
            }));
    all.add(
        new BuiltIn<>(
            Object[].class,
            (v, out) -> {
              out.enter();
              out.writeVarInt(v.length);
              for (Object element : v) {
                any.write(element, out);
              }
              out.exit();
            },
            in -> {
              in.enter();
              Object[] v = new Object[in.readLength(1)];
              for (int i = 0; i < v.length; i++) {
                v[i] = any.read(in);
              }
              in.exit();
              return v;
            }));
  }

  private static void addCollections(List<Codec<?>> all, Codec<Object> any) {
    all.add(collection(ArrayList.class, any, ArrayList::new));
    all.add(collection(LinkedList.class, any, n -> new LinkedList<>()));
    all.add(collection(ArrayDeque.class, any, ArrayDeque::new));
    all.add(collection(HashSet.class, any, n -> new HashSet<>(capacity(n))));
    all.add(collection(LinkedHashSet.class, any, n -> new LinkedHashSet<>(capacity(n))));
    all.add(collection(TreeSet.class, any, n -> new TreeSet<>()));
    all.add(map(HashMap.class, any, n -> new HashMap<>(capacity(n))));
    all.add(map(LinkedHashMap.class, any, n -> new LinkedHashMap<>(capacity(n))));
    all.add(map(TreeMap.class, any, n -> new TreeMap<>()));
  }

  private static int capacity(int elements) {
    return (int) Math.min(1 << 30, elements * 4L / 3 + 1);
  }

  private static <C extends Collection<?>> Codec<C> collection(
      Class<C> type, Codec<Object> any, IntFunction<Collection<Object>> maker) {
    return new BuiltIn<>(
        type,
        (v, out) -> {
          if (v instanceof TreeSet<?> tree && tree.comparator() != null) {
            throw ownOrder(type);
          }
          out.enter();
          out.writeVarInt(v.size());
          for (Object element : v) {
            any.write(element, out);
          }
          out.exit();
        },
        in -> {
          in.enter();
          int count = in.readLength(1);
          Collection<Object> elements = maker.apply(count);
          for (int i = 0; i < count; i++) {
            Object element = any.read(in);
            try {
              elements.add(element);
            } catch (RuntimeException e) {
              throw refused(in, type, e);
            }
          }
          in.exit();
          return type.cast(elements);
        });
  }

  private static <M extends Map<?, ?>> Codec<M> map(
      Class<M> type, Codec<Object> any, IntFunction<Map<Object, Object>> maker) {
    return new BuiltIn<>(
        type,
        (v, out) -> {
          if (v instanceof TreeMap<?, ?> tree && tree.comparator() != null) {
            throw ownOrder(type);
          }
          out.enter();
          out.writeVarInt(v.size());
          for (Map.Entry<?, ?> entry : v.entrySet()) {
            any.write(entry.getKey(), out);
            any.write(entry.getValue(), out);
          }
          out.exit();
        },
        in -> {
          in.enter();
          int count = in.readLength(2);
          Map<Object, Object> entries = maker.apply(count);
          for (int i = 0; i < count; i++) {
            Object key = any.read(in);
            Object value = any.read(in);
            try {
              entries.put(key, value);
            } catch (RuntimeException e) {
              throw refused(in, type, e);
            }
          }
          in.exit();
          return type.cast(entries);
        });
  }

  private static CodecException ownOrder(Class<?> type) {
    return new CodecException(
        "a "
            + type.getName()
            + " with a comparator of its own can't be written; use the natural order");
  }

  static CorruptDataException refused(Input in, Class<?> type, RuntimeException cause) {
    CorruptDataException e =
        in.corrupt(type.getName() + " does not accept what was read: " + cause);
    e.initCause(cause);
    return e;
  }

  private static void addOthers(List<Codec<?>> all, Codec<Object> any) {
    all.add(optional(any));
    all.add(
        new BuiltIn<>(
            Instant.class,
            (v, out) -> {
              out.writeSignedLong(v.getEpochSecond());
              out.writeVarInt(v.getNano());
            },
            in -> {
              long seconds = in.readSignedLong();
              int nanos = readNanos(in);
              try {
                return Instant.ofEpochSecond(seconds, nanos);
              } catch (DateTimeException | ArithmeticException e) {
                throw refused(in, Instant.class, e);
              }
            }));
    all.add(
        new BuiltIn<>(
            Duration.class,
            (v, out) -> {
              out.writeSignedLong(v.getSeconds());
              out.writeVarInt(v.getNano());
            },
            in -> Duration.ofSeconds(in.readSignedLong(), readNanos(in))));
    all.add(
        new BuiltIn<>(
            LocalDate.class,
            (v, out) -> out.writeSignedLong(v.toEpochDay()),
            in -> {
              try {
                return LocalDate.ofEpochDay(in.readSignedLong());
              } catch (DateTimeException e) {
                throw refused(in, LocalDate.class, e);
              }
            }));
    all.add(
        new BuiltIn<>(
            LocalDateTime.class,
            (v, out) -> {
              out.writeSignedLong(v.toEpochSecond(ZoneOffset.UTC));
              out.writeVarInt(v.getNano());
            },
            in -> {
              long seconds = in.readSignedLong();
              int nanos = readNanos(in);
              try {
                return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
              } catch (DateTimeException | ArithmeticException e) {
                throw refused(in, LocalDateTime.class, e);
              }
            }));
    all.add(new BuiltIn<>(BigInteger.class, BuiltIns::writeBig, BuiltIns::readBig));
    all.add(
        new BuiltIn<>(
            BigDecimal.class,
            (v, out) -> {
              out.writeSignedInt(v.scale());
              writeBig(v.unscaledValue(), out);
            },
            in -> {
              int scale = in.readSignedInt();
              return new BigDecimal(readBig(in), scale);
            }));
    all.add(
        new BuiltIn<>(
            UUID.class,
            (v, out) -> {
              out.writeLong(v.getMostSignificantBits());
              out.writeLong(v.getLeastSignificantBits());
            },
            in -> new UUID(in.readLong(), in.readLong())));
    all.add(keyed(any));
    all.add(windowed(any));
  }

  private static int readNanos(Input in) {
    int nanos = in.readVarInt();
    if (nanos < 0 || nanos > 999_999_999) {
      throw in.corrupt(nanos + " nanoseconds");
    }
    return nanos;
  }

  private static void writeBig(BigInteger value, Output out) {
    byte[] bytes = value.toByteArray();
    out.writeVarInt(bytes.length);
    out.writeBytes(bytes, 0, bytes.length);
  }

  private static BigInteger readBig(Input in) {
    byte[] bytes = new byte[in.readLength(1)];
    if (bytes.length == 0) {
      throw in.corrupt("a number without digits");
    }
    in.readBytes(bytes, 0, bytes.length);
    return new BigInteger(bytes);
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static Codec<Optional> optional(Codec<Object> any) {
    return new BuiltIn<>(
        Optional.class,
        (v, out) -> {
          out.enter();
          any.write(v.orElse(null), out);
          out.exit();
        },
        in -> {
          in.enter();
          Optional<?> value = Optional.ofNullable(any.read(in));
          in.exit();
          return value;
        });
  }

  @SuppressWarnings("rawtypes")
  private static Codec<Keyed> keyed(Codec<Object> any) {
    return new BuiltIn<>(
        Keyed.class,
        (v, out) -> {
          out.enter();
          any.write(v.key(), out);
          any.write(v.value(), out);
          out.exit();
        },
        in -> {
          in.enter();
          Keyed<?, ?> value = new Keyed<>(any.read(in), any.read(in));
          in.exit();
          return value;
        });
  }

  @SuppressWarnings("rawtypes")
  private static Codec<Windowed> windowed(Codec<Object> any) {
    return new BuiltIn<>(
        Windowed.class,
        (v, out) -> {
          out.enter();
          any.write(v.key(), out);
          out.writeSignedLong(v.start());
          out.writeSignedLong(v.end());
          any.write(v.value(), out);
          out.exit();
        },
        in -> {
          in.enter();
          Windowed<?, ?> value =
              new Windowed<>(any.read(in), in.readSignedLong(), in.readSignedLong(), any.read(in));
          in.exit();
          return value;
        });
  }
}
