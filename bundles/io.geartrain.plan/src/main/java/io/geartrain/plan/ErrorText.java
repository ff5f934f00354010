package io.geartrain.plan;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/**
 * What was thrown, as text, whatever the thrown object does when it is asked, and short enough to
 * be written down: of text that is too long the middle is left out, and that is said in its place.
 * Stateless.
 */
public final class ErrorText {
  /** Longest message, and longest line of a longer stack trace, in characters. */
  public static final int LONGEST_MESSAGE = 2_000;

  /** Longest stack trace in characters. */
  public static final int LONGEST_TRACE = 16_000;

  private static final int LONGEST_MARK = 40;

  private ErrorText() {}

  /** Type and message; of at most {@link #LONGEST_MESSAGE}. */
  public static String of(Throwable thrown) {
    String type = thrown.getClass().getName();
    String message = message(thrown);
    return cutMessage(message.isEmpty() ? type : type + ": " + message);
  }

  /** The message, however long and of however many lines; empty if there is none. */
  public static String message(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : message;
    } catch (Throwable broken) {
      return "getMessage() threw " + broken.getClass().getName();
    }
  }

  /** The stack trace with all causes; of at most {@link #LONGEST_TRACE}. */
  public static String trace(Throwable thrown) {
    try {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text, true));
      return cutTrace(text.toString());
    } catch (Throwable broken) {
      return thrown.getClass().getName()
          + " (its stack trace can't be printed: "
          + broken.getClass().getName()
          + ")";
    }
  }

  /** A message of at most {@link #LONGEST_MESSAGE}; null stays null. */
  public static String cutMessage(String message) {
    return cut(message, LONGEST_MESSAGE);
  }

  /** A stack trace of at most {@link #LONGEST_TRACE}; null stays null. */
  public static String cutTrace(String trace) {
    if (trace == null || trace.length() <= LONGEST_TRACE) {
      return trace;
    }
    // a long message first, lest it leave no room for the frames
    String lines = trace.lines().map(ErrorText::cutMessage).collect(Collectors.joining("\n"));
    return cut(lines, LONGEST_TRACE);
  }

  private static String cut(String text, int longest) {
    if (text == null || text.length() <= longest) {
      return text;
    }
    int kept = longest - LONGEST_MARK;
    int from = kept - kept / 4;
    int to = text.length() - kept / 4;
    from = Character.isHighSurrogate(text.charAt(from - 1)) ? from - 1 : from;
    to = Character.isLowSurrogate(text.charAt(to)) ? to + 1 : to;
    return text.substring(0, from)
        + "… %d characters left out …".formatted(to - from)
        + text.substring(to);
  }
}
