package io.geartrain.transport;

import io.geartrain.api.Keyed;
import io.geartrain.api.Windowed;
import io.geartrain.channel.Batch;
import io.geartrain.channel.ChannelId;
import io.geartrain.channel.Incarnation;
import io.geartrain.codec.CodecRegistry;
import io.geartrain.codec.TypeDictionary;
import io.geartrain.codec.Types;
import io.geartrain.spi.Codec;
import io.geartrain.spi.Output;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
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
import java.util.function.Supplier;

/** A channel, batches and values of every kind, from seeds. */
final class Samples {
  enum Side {
    BUY,
    SELL
  }

  sealed interface Order permits Limit, Market {}

  record Limit(long id, Side side, double price) implements Order {}

  record Market(int id, Side side, boolean urgent) implements Order {}

  record Book(String name, Order best, List<Order> orders, Book next) {}

  record Pair<A, B>(A left, B right) {}

  record Scalars(boolean a, byte b, short c, char d, int e, long f, float g, double h) {}

  /** A class that nobody can write. */
  static final class Handle {
    @Override
    public String toString() {
      return "a handle";
    }
  }

  /** A record that the plan does not list. */
  record Unlisted(int number) {}

  static final Incarnation INCARNATION = new Incarnation(5, 2, 1);

  static final FrameChannel CHANNEL =
      new FrameChannel(new ChannelId(3, 1, 2, 1), 7, INCARNATION, "orders", "book");

  private static final TypeDictionary TYPES =
      Types.collect(Book.class, Pair.class, Scalars.class, String[].class).dictionary();
  private static final Codec<Object> ANY =
      CodecRegistry.of(TYPES, Samples.class.getClassLoader()).any();

  private Samples() {}

  static Supplier<Codec<Object>> codecs() {
    return () -> ANY;
  }

  /** What finds no class of the application. */
  static Codec<Object> narrow() {
    return CodecRegistry.of(TYPES, ClassLoader.getPlatformClassLoader()).any();
  }

  /** A batch of such values, and what may follow it. */
  static Batch batch(Random random, int records) {
    Batch batch = new Batch(Math.max(1, records));
    fill(batch, random, records);
    Batch.Kind kind = Batch.Kind.values()[random.nextInt(3)];
    batch.seal(kind, random.nextLong());
    if (kind != Batch.Kind.DATA) {
      batch.mark(random.nextInt(100), random.nextInt(100_000));
    }
    return batch;
  }

  static void fill(Batch batch, Random random, int records) {
    for (int i = 0; i < records; i++) {
      batch.add(value(random, 3), random.nextInt(9) == 0 ? random.nextLong() : 1_000 + i);
    }
  }

  /** The frame of one small batch, of an encoder of its own. */
  static byte[] frames(Batch batch) {
    Output out = new Output();
    new FrameEncoder(CHANNEL, codecs()).write(batch, 0, out);
    return out.toByteArray();
  }

  /** Any value; arrays are not in others, which would not be equal then. */
  static Object value(Random random, int depth) {
    return random.nextInt(20) == 0 ? array(random, depth) : part(random, depth);
  }

  private static Object array(Random random, int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> new long[] {random.nextLong(), 1};
      case 1 -> new String[] {text(random), null};
      case 2 -> text(random).getBytes(StandardCharsets.UTF_8);
      default -> new Object[] {part(random, depth), null};
    };
  }

  private static Object part(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 22 : 35);
    return kind < 22 ? plain(random, kind) : nested(random, kind, depth - 1);
  }

  private static Object plain(Random random, int kind) {
    return switch (kind) {
      case 0 -> random.nextBoolean();
      case 1 -> (byte) random.nextInt();
      case 2 -> (short) random.nextInt();
      case 3 -> (char) random.nextInt();
      case 4 -> random.nextInt() >> random.nextInt(32);
      case 5 -> random.nextLong() >> random.nextInt(64);
      case 6 -> Float.intBitsToFloat(random.nextInt());
      case 7 -> random.nextGaussian();
      case 8, 9 -> text(random);
      case 10 -> Side.values()[random.nextInt(2)];
      case 11 -> new Limit(random.nextLong(), Side.SELL, random.nextDouble());
      case 12 -> new Market(random.nextInt(), null, random.nextBoolean());
      case 13 ->
          new Scalars(
              true, (byte) 1, (short) -2, 'x', random.nextInt(), 5, 0.5f, random.nextDouble());
      case 14 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case 15 -> Duration.ofNanos(random.nextLong());
      case 16 -> LocalDate.ofEpochDay(random.nextInt(100_000));
      case 17 -> LocalDateTime.of(2024, 2, 29, random.nextInt(24), 59);
      case 18 -> new BigInteger(1 + random.nextInt(200), random);
      case 19 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(20));
      case 20 -> new UUID(random.nextLong(), random.nextLong());
      default -> Optional.empty();
    };
  }

  private static Object nested(Random random, int kind, int depth) {
    return switch (kind) {
      case 22 -> new ArrayList<>(values(random, depth));
      case 23 -> new LinkedList<>(values(random, depth));
      case 24 -> new LinkedHashSet<>(List.of(random.nextInt(), "a"));
      case 25 -> new HashSet<>(List.of(random.nextInt()));
      case 26 -> new TreeSet<>(List.of(text(random) + "a", text(random) + "b"));
      case 27 -> new HashMap<>(Map.of(random.nextInt(), part(random, depth)));
      case 28 -> new LinkedHashMap<>(Map.of(text(random), part(random, depth)));
      case 29 -> new TreeMap<>(Map.of(random.nextLong(), part(random, depth)));
      case 30 -> Optional.of(part(random, depth));
      case 31 -> new Pair<>(part(random, depth), part(random, depth));
      case 32 -> new Keyed<>(part(random, depth), part(random, depth));
      case 33 -> new Windowed<>(text(random), random.nextLong(), 7, part(random, depth));
      default -> book(random, depth);
    };
  }

  private static Book book(Random random, int depth) {
    Limit best = random.nextBoolean() ? null : new Limit(1, Side.BUY, random.nextDouble());
    List<Order> orders = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      orders.add(new Market(i, Side.SELL, false));
    }
    return new Book(text(random), best, orders, depth == 0 ? null : book(random, depth - 1));
  }

  private static List<Object> values(Random random, int depth) {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(part(random, depth));
    }
    return values;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append((char) (random.nextInt(5) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
    }
    return text.toString();
  }
}
