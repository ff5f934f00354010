package io.geartrain.itests;

import java.io.IOException;

/** Signals that Java has no call for. */
final class Signals {
  private Signals() {}

  /** What Ctrl-C sends. */
  static void interrupt(long pid) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-INT", Long.toString(pid)).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("kill -INT " + pid + " ended with status " + status);
    }
  }
}
