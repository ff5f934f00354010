package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Model.Failure;
import io.geartrain.cli.internal.term.TextWidth;

/** Tells why an application has not completed. Stateless. */
final class Failures {
  private static final int SHOWN_VALUE = 200;

  private Failures() {}

  /** The error for an application that ended otherwise than by completion. */
  static CliException of(App app) {
    String what = "application " + app.id() + " " + app.state();
    Failure failure = app.failure();
    if (failure == null) {
      return new CliException(ExitCode.FAILED, what, "", "gear app " + app.id());
    }
    StringBuilder why = new StringBuilder();
    line(why, "processor", failure.processor());
    line(why, "task", failure.task());
    line(why, "value", failure.value() == null ? null : cut(failure.value()));
    line(why, "timestamp", failure.timestamp());
    line(why, "cause", failure.message());
    String hint = failure.hint() == null || failure.hint().isBlank() ? "" : failure.hint() + "\n";
    return new CliException(
        ExitCode.FAILED,
        what,
        why.toString(),
        hint + "the whole stack trace: gear app " + app.id());
  }

  private static String cut(Object value) {
    return TextWidth.cut(value.toString(), SHOWN_VALUE);
  }

  private static void line(StringBuilder text, String name, Object value) {
    if (value != null && !value.toString().isBlank()) {
      text.append(text.length() == 0 ? "" : "\n").append(name).append(' ').append(value);
    }
  }
}
