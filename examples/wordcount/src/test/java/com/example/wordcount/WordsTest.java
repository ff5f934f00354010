package com.example.wordcount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.geartrain.api.Emitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  @Test
  void shouldCutAtWhatIsNeitherLetterNorNumber() {
    assertEquals(
        List.of("don", "t", "stop", "at", "42nd", "street"),
        split("Don't stop -- at 42nd_Street!"));
    assertEquals(List.of(), split(""));
    assertEquals(List.of(), split(" \t.,;\u00A0"));
  }

  @Test
  void shouldKnowLettersAndNumbersOfAllScripts() {
    assertEquals(
        List.of("größe", "ελλάς", "日本語", "ⅷ", "½", "𝐀𝟙"), split("Größe ΕΛΛΆΣ 日本語 Ⅷ ½ 𝐀𝟙"));
  }

  @Test
  void shouldNotCutWhereLowerCaseIsLonger() {
    assertEquals(List.of("i\u0307stanbul"), split("İstanbul"));
  }

  @Test
  void shouldAgreeWithTheRegularExpression() {
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        int range = random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1;
        line.appendCodePoint(random.nextInt(range));
      }
      List<String> expected =
          WORD.matcher(line).results().map(MatchResult::group).map(WordsTest::lower).toList();

      assertEquals(expected, split(line.toString()), "seed " + seed);
    }
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  private static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    Words.split(
        line,
        new Emitter<>() {
          @Override
          public void emit(String word) {
            words.add(word);
          }

          @Override
          public void emit(String word, long timestamp) {
            words.add(word);
          }
        });
    return words;
  }
}
