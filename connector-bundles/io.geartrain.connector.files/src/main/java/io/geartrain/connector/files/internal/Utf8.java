package io.geartrain.connector.files.internal;

/** Checks bytes against table 3-7 of the Unicode standard (well-formed UTF-8). */
final class Utf8 {
  private Utf8() {}

  /**
   * Index of the first byte of the first ill-formed sequence, or -1 if all is well-formed.
   *
   * @param from first index
   * @param to index after the last
   */
  static int firstBad(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int lead = bytes[i];
      if (lead >= 0) {
        i++;
        continue;
      }
      int length = length(lead & 0xFF);
      if (length == 0 || i + length > to || !secondFits(lead & 0xFF, bytes[i + 1] & 0xFF)) {
        return i;
      }
      for (int k = 2; k < length; k++) {
        if ((bytes[i + k] & 0xC0) != 0x80) {
          return i;
        }
      }
      i += length;
    }
    return -1;
  }

  private static int length(int lead) {
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }

  private static boolean secondFits(int lead, int second) {
    return switch (lead) {
      case 0xE0 -> second >= 0xA0 && second <= 0xBF;
      case 0xED -> second >= 0x80 && second <= 0x9F;
      case 0xF0 -> second >= 0x90 && second <= 0xBF;
      case 0xF4 -> second >= 0x80 && second <= 0x8F;
      default -> second >= 0x80 && second <= 0xBF;
    };
  }
}
