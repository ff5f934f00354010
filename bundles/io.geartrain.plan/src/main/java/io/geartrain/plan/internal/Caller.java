package io.geartrain.plan.internal;

import io.geartrain.api.Streams;

/** Finds the line of the application that calls the streams. */
final class Caller {
  private static final String[] OURS = {
    Caller.class.getPackageName() + ".", Streams.class.getPackageName() + "."
  };

  private Caller() {}

  /** File and line, {@code WordCount.java:31}. */
  static String place() {
    return StackWalker.getInstance()
        .walk(frames -> frames.filter(frame -> !ours(frame)).findFirst())
        .map(Caller::place)
        .orElse("an unknown place");
  }

  private static boolean ours(StackWalker.StackFrame frame) {
    for (String prefix : OURS) {
      String name = frame.getClassName();
      if (name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0) {
        return true;
      }
    }
    return false;
  }

  private static String place(StackWalker.StackFrame frame) {
    String file = frame.getFileName();
    return file == null
        ? frame.getClassName() + "." + frame.getMethodName()
        : file + ":" + frame.getLineNumber();
  }
}
