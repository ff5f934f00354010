package io.geartrain.itests;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Signals that Java has no call for. */
final class Signals {
  private Signals() {}

  /**
   * The same command as one that hears Ctrl-C: who is started in the background by a script does
   * not, nor do those that it starts.
   */
  static ProcessBuilder interruptible(ProcessBuilder builder) {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(builder.command());
    return builder.command(command);
  }

  /** What Ctrl-C sends. */
  static void interrupt(long pid) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-INT", Long.toString(pid)).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("kill -INT " + pid + " ended with status " + status);
    }
  }
}
