package io.geartrain.cli.internal.term;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The streams of the process, and whether a person sits at their end. Everything is written in
 * UTF-8.
 *
 * @param in answers to questions
 * @param out data
 * @param err progress, questions and errors
 * @param inTty whether questions can be answered
 * @param outTty whether data goes to a terminal
 * @param errTty whether progress goes to a terminal
 * @param colour whether colour is wanted on a terminal
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean inTty,
    boolean outTty,
    boolean errTty,
    boolean colour) {

  /** The real streams. */
  public static Terminal ofProcess(Map<String, String> environment) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        isTty(0),
        isTty(1) && !dumb,
        isTty(2) && !dumb,
        !noColour);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static boolean isTty(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return hasConsole();
    }
  }

  private static boolean hasConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // since JDK 22 a console exists without a terminal, too
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
