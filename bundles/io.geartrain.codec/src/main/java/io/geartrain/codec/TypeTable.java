package io.geartrain.codec;

import io.geartrain.spi.Codec;
import java.util.List;

/** Which number and codec a class has, and which codec a number. Never changes. */
final class TypeTable {
  private final Codec<Object>[] byNumber;
  private final Class<?>[] classes;
  private final int[] numbers;
  private final int mask;

  /**
   * A table.
   *
   * @param codecs by number; null where there is none
   */
  @SuppressWarnings("unchecked")
  TypeTable(List<Codec<?>> codecs) {
    byNumber = codecs.toArray(Codec[]::new);
    int length = Integer.highestOneBit(codecs.size()) << 2;
    classes = new Class<?>[length];
    numbers = new int[length];
    mask = length - 1;
    for (int number = 0; number < byNumber.length; number++) {
      Codec<?> codec = byNumber[number];
      if (codec != null && !(codec instanceof RefusingCodec)) {
        int at = codec.type().hashCode() & mask;
        while (classes[at] != null) {
          at = at + 1 & mask;
        }
        classes[at] = codec.type();
        numbers[at] = number;
      }
    }
  }

  /** Number of a class; 0 if it has none. */
  int numberOf(Class<?> type) {
    int at = type.hashCode() & mask;
    while (classes[at] != null) {
      if (classes[at] == type) {
        return numbers[at];
      }
      at = at + 1 & mask;
    }
    return 0;
  }

  /** The codec of a number; null if there is none. */
  Codec<Object> codec(int number) {
    return number > 0 && number < byNumber.length ? byNumber[number] : null;
  }
}
