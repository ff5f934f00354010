package io.geartrain.cli.internal.term;

import io.geartrain.cli.internal.error.CliException;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Writes data to standard output, everything else to standard error. Owned by the thread of the
 * command; {@link #bar} may be called by any thread.
 */
public final class Output {
  private static final int BAR_COLUMNS = 20;
  private static final String RESET = "\u001b[0m";
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private boolean hasLine;
  private String lastBar = "";

  public Output(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Writes a line of data. */
  public synchronized void data(String line) {
    wipe();
    terminal.out().println(line);
  }

  /** Writes a table of data; its titles in bold on a terminal. */
  public void table(Table table) {
    boolean title = true;
    for (String line : table.lines()) {
      data(title ? style(line, "1", terminal.outTty()) : line);
      title = false;
    }
  }

  /** Writes a line of progress. */
  public synchronized void progress(String line) {
    wipe();
    terminal.err().println(line);
  }

  /** Writes a line of progress that begins with a green tick. */
  public void done(String line) {
    progress(style("✔", "32", terminal.errTty()) + " " + line);
  }

  /** Draws the bar of a long step anew, on a terminal only. */
  public synchronized void bar(String what, long done, long total) {
    if (!terminal.errTty()) {
      return;
    }
    int percent = total <= 0 ? 100 : (int) (Math.min(done, total) * 100 / total);
    int full = percent * BAR_COLUMNS / 100;
    String bar =
        what
            + "  "
            + style("█".repeat(full), "36", true)
            + "░".repeat(BAR_COLUMNS - full)
            + " "
            + percent
            + " %  "
            + Text.bytes(total);
    if (!bar.equals(lastBar)) {
      lastBar = bar;
      hasLine = true;
      terminal.err().print(CLEAR_LINE + bar);
      terminal.err().flush();
    }
  }

  /** Writes one line over the last one, on a terminal only. */
  public synchronized void live(String line) {
    if (terminal.errTty()) {
      hasLine = true;
      terminal.err().print(CLEAR_LINE + line);
      terminal.err().flush();
    }
  }

  /** Wipes the bar or the line that was written last, if it is still there. */
  public synchronized void wipe() {
    if (hasLine) {
      hasLine = false;
      terminal.err().print(CLEAR_LINE);
      terminal.err().flush();
    }
  }

  /** Tells an error: what, why, and what to do next. */
  public synchronized void error(CliException error) {
    wipe();
    PrintStream err = terminal.err();
    err.println(style("error:", "1;31", terminal.errTty()) + " " + Text.lines(error.getMessage()));
    if (!error.why().isEmpty()) {
      err.println("  why:  " + indent(error.why()));
    }
    if (!error.next().isEmpty()) {
      err.println("  next: " + indent(error.next()));
    }
  }

  /** Whether questions can be asked. */
  public boolean canAsk() {
    return terminal.inTty() && terminal.errTty();
  }

  /** Asks a question; only {@code y} and {@code yes} agree. */
  public synchronized boolean ask(String question) {
    wipe();
    terminal.err().print(question + " [y/N] ");
    terminal.err().flush();
    String answer = readLine().strip();
    return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
  }

  /** Applies a state's colour on a terminal. */
  public String state(String state) {
    String colour =
        switch (state) {
          case "RUNNING", "COMPLETED", "ACTIVE" -> "32";
          case "FAILED", "BROKEN" -> "31";
          default -> "33";
        };
    return style(state, colour, terminal.outTty());
  }

  /** Whether usage texts may be coloured. */
  public boolean colour() {
    return terminal.colour() && terminal.outTty();
  }

  /** Where data goes. */
  public PrintStream out() {
    return terminal.out();
  }

  /** Where everything else goes. */
  public PrintStream err() {
    return terminal.err();
  }

  private String readLine() {
    StringBuilder line = new StringBuilder();
    try {
      for (int c = terminal.in().read(); c >= 0 && c != '\n'; c = terminal.in().read()) {
        line.append((char) c);
      }
    } catch (IOException e) {
      return "";
    }
    return line.toString();
  }

  private String style(String text, String code, boolean tty) {
    return tty && terminal.colour() ? "\u001b[" + code + "m" + text + RESET : text;
  }

  private static String indent(String text) {
    return Text.lines(text).strip().replace("\n", "\n        ");
  }
}
