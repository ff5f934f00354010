package io.geartrain.execution;

import io.geartrain.api.DefinitionException;
import io.geartrain.execution.TaskFailure.Kind;
import io.geartrain.execution.internal.StepFailure;
import io.geartrain.execution.internal.TaskSpec;
import io.geartrain.plan.ErrorText;
import io.geartrain.transport.RefusedRecord;

/** Turns what was thrown into plain data, whatever the thrown objects do when they are asked. */
final class FailureReport {
  private static final int LONGEST_VALUE = 200;

  private FailureReport() {}

  static TaskFailure of(TaskSpec spec, Throwable thrown) {
    try {
      if (refusal(thrown) instanceof RefusedRecord refused) {
        return of(spec, refused);
      }
      return thrown instanceof StepFailure failure
          ? of(spec, failure)
          : report(spec, spec.chain().head(), "", null, thrown, outside(thrown));
    } catch (OutOfMemoryError e) {
      return new TaskFailure(
          spec.chain().head(), spec.index(), "", null, "out of memory", "", Kind.OUT_OF_MEMORY);
    }
  }

  /** What refused a record, be it sent while a step ran or after. */
  private static Throwable refusal(Throwable thrown) {
    return thrown instanceof StepFailure ? thrown.getCause() : thrown;
  }

  private static TaskFailure of(TaskSpec spec, RefusedRecord refused) {
    String value = refused.value() == null ? "" : text(refused.value());
    return report(spec, refused.stepId(), value, refused.timestamp(), refused, Kind.TYPE);
  }

  private static TaskFailure of(TaskSpec spec, StepFailure failure) {
    Throwable cause = failure.getCause();
    String value = failure.value() == null ? "" : text(failure.value());
    return report(spec, failure.processorId(), value, failure.timestamp(), cause, inside(cause));
  }

  private static TaskFailure report(
      TaskSpec spec, String processorId, String value, Long timestamp, Throwable e, Kind kind) {
    return new TaskFailure(
        processorId,
        spec.index(),
        value,
        timestamp,
        ErrorText.cutMessage(message(e)),
        ErrorText.trace(e),
        kind);
  }

  private static Kind inside(Throwable e) {
    if (e instanceof LinkageError || e instanceof ClassNotFoundException) {
      return Kind.LINKAGE;
    }
    if (e instanceof StackOverflowError) {
      return Kind.STACK_OVERFLOW;
    }
    return e instanceof OutOfMemoryError ? Kind.OUT_OF_MEMORY : Kind.USER_CODE;
  }

  private static Kind outside(Throwable e) {
    if (e instanceof DefinitionException) {
      return Kind.DEFINITION;
    }
    Kind kind = inside(e);
    return kind == Kind.USER_CODE ? Kind.ENGINE : kind;
  }

  private static String message(Throwable e) {
    String type = e.getClass().getName();
    String line = ErrorText.message(e).lines().findFirst().orElse("");
    if (e instanceof DefinitionException || e instanceof RefusedRecord) {
      return line;
    }
    return line.isEmpty() ? type : type + ": " + line;
  }

  private static String text(Object value) {
    String text;
    try {
      text = String.valueOf(value);
    } catch (Throwable broken) {
      return "a "
          + value.getClass().getName()
          + " whose toString() threw "
          + broken.getClass().getName();
    }
    if (text == null) {
      return "a " + value.getClass().getName() + " whose toString() gave null";
    }
    if (text.length() <= LONGEST_VALUE) {
      return text;
    }
    int end = LONGEST_VALUE - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
