package com.example.wordcount;

import io.geartrain.api.Emitter;
import java.util.Locale;

/** Cuts text into words: the longest runs of Unicode letters and numbers, in lower case. */
final class Words {
  /** The general categories L* and N*, one bit each, as {@link Character#getType} numbers them. */
  private static final int LETTERS_AND_NUMBERS =
      1 << Character.UPPERCASE_LETTER
          | 1 << Character.LOWERCASE_LETTER
          | 1 << Character.TITLECASE_LETTER
          | 1 << Character.MODIFIER_LETTER
          | 1 << Character.OTHER_LETTER
          | 1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;

  private Words() {}

  /** Emits the words of a line. A line's end is no letter, so no word runs over it. */
  static void split(String line, Emitter<String> out) {
    int length = line.length();
    int start = -1;
    int i = 0;
    while (i < length) {
      char c = line.charAt(i);
      int codePoint = c < 0x80 ? c : line.codePointAt(i);
      if (inWord(codePoint)) {
        start = start < 0 ? i : start;
      } else if (start >= 0) {
        out.emit(line.substring(start, i).toLowerCase(Locale.ROOT));
        start = -1;
      }
      i += Character.charCount(codePoint);
    }
    if (start >= 0) {
      out.emit(line.substring(start).toLowerCase(Locale.ROOT));
    }
  }

  private static boolean inWord(int codePoint) {
    if (codePoint < 0x80) {
      int letter = codePoint | 0x20;
      return letter >= 'a' && letter <= 'z' || codePoint >= '0' && codePoint <= '9';
    }
    return (LETTERS_AND_NUMBERS >> Character.getType(codePoint) & 1) != 0;
  }
}
