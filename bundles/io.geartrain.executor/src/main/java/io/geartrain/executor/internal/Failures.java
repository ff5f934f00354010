package io.geartrain.executor.internal;

import io.geartrain.execution.TaskFailure;
import io.geartrain.plan.ErrorText;
import io.geartrain.protocol.Failure;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts what went wrong into words that travel. */
final class Failures {
  private Failures() {}

  /** Of a task. */
  static Failure of(TaskFailure failure) {
    return new Failure(
        failure.kind() == TaskFailure.Kind.DEFINITION ? "definition-failed" : "task-failed",
        failure.processorId(),
        failure.processorId() + "/" + failure.taskIndex(),
        failure.value() == null || failure.value().isEmpty() ? null : failure.value(),
        failure.timestamp(),
        failure.message(),
        failure.stackTrace(),
        hint(failure));
  }

  private static String hint(TaskFailure failure) {
    return switch (failure.kind()) {
      case USER_CODE ->
          "the code of step '%s' threw; see the stack trace".formatted(failure.processorId());
      case LINKAGE ->
          "a class that step '%s' needs is missing or does not fit; put it into the bundle, or"
                  .formatted(failure.processorId())
              + " import its package";
      case STACK_OVERFLOW ->
          "the code of step '%s' calls itself without end".formatted(failure.processorId());
      case OUT_OF_MEMORY -> "give the node more memory, or keep less in the step";
      case TYPE ->
          "do as the message says, or let records pass by reference: --set gear.channels=local";
      case DEFINITION -> "define() must depend on its settings only";
      case ENGINE -> "this is a fault of Geartrain itself; please report it with the stack trace";
    };
  }

  /**
   * Of a definition.
   *
   * @param loader of the application, by which its own frames are known; may be null
   * @param hint what to do where none of these frames is at fault
   */
  static Failure definition(String code, Throwable error, ClassLoader loader, String hint) {
    String advice = firstUserFrame(error, loader).map(frame -> "look at " + frame).orElse(hint);
    return new Failure(
        code, null, null, null, null, oneLine(error), ErrorText.trace(error), advice);
  }

  /** Of reading the checkpoint that tasks are to begin with. */
  static Failure restore(Exception error) {
    return new Failure(
        "restore-failed",
        null,
        null,
        null,
        null,
        "the checkpoint to begin with can't be read: " + oneLine(error),
        ErrorText.trace(error),
        "see that the checkpoint store of its node is the one of all other nodes, and readable");
  }

  /**
   * Of something that does not return: where it is now.
   *
   * @param task null if it is none
   * @param loader of the application, by which its own frames are known; may be null
   */
  static Failure stuck(
      String code,
      String task,
      String message,
      StackTraceElement[] stack,
      ClassLoader loader,
      String hint) {
    String processor = task == null ? null : task.substring(0, task.lastIndexOf('/'));
    String where = where(stack, loader).map(frame -> "; it is at " + frame).orElse("");
    return new Failure(code, processor, task, null, null, message + where, text(stack), hint);
  }

  /** The innermost frame of the application's own code, or else the innermost one. */
  static Optional<StackTraceElement> where(StackTraceElement[] stack, ClassLoader loader) {
    return Arrays.stream(stack)
        .filter(frame -> loader != null && isOf(frame, loader))
        .findFirst()
        .or(() -> Arrays.stream(stack).findFirst());
  }

  /** One frame a line. */
  static String text(StackTraceElement[] stack) {
    return Arrays.stream(stack).map(frame -> "\tat " + frame).collect(Collectors.joining("\n"));
  }

  /**
   * The innermost place in the application's own code that the error came through; empty, too, if
   * the error throws when it is asked.
   */
  static Optional<StackTraceElement> firstUserFrame(Throwable error, ClassLoader loader) {
    if (loader == null) {
      return Optional.empty();
    }
    try {
      return innermost(error, loader);
    } catch (Throwable broken) {
      return Optional.empty();
    }
  }

  private static Optional<StackTraceElement> innermost(Throwable error, ClassLoader loader) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Optional<StackTraceElement> found = Optional.empty();
    for (Throwable each = error; each != null && seen.add(each); each = each.getCause()) {
      Optional<StackTraceElement> frame =
          Arrays.stream(each.getStackTrace()).filter(f -> isOf(f, loader)).findFirst();
      found = frame.isPresent() ? frame : found;
    }
    return found;
  }

  private static boolean isOf(StackTraceElement frame, ClassLoader loader) {
    try {
      return Class.forName(frame.getClassName(), false, loader).getClassLoader() == loader;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String oneLine(Throwable error) {
    String message = ErrorText.message(error);
    return message.isBlank()
        ? error.getClass().getName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
