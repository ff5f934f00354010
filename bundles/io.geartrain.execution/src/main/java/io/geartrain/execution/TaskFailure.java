package io.geartrain.execution;

/**
 * Why a task failed; plain data.
 *
 * @param processorId id of the step
 * @param taskIndex which of the step's tasks
 * @param value text of the record at hand, at most 200 characters; empty if there was none
 * @param timestamp its event time in ms; null if there was none
 * @param message what went wrong, in one line, at most 2,000 characters
 * @param stackTrace the stack trace with all causes, at most 16,000 characters
 * @param kind what sort of failure it is
 */
public record TaskFailure(
    String processorId,
    int taskIndex,
    String value,
    Long timestamp,
    String message,
    String stackTrace,
    Kind kind) {
  /** Sorts of failures. */
  public enum Kind {
    /** The application's code threw an exception. */
    USER_CODE,
    /** A class that the application's code needs is missing or does not fit. */
    LINKAGE,
    /** The application's code called itself too deeply. */
    STACK_OVERFLOW,
    /** The JVM has no memory left. */
    OUT_OF_MEMORY,
    /** A record is of a type that can't pass to another task as bytes. */
    TYPE,
    /** The definition in the task is not the one which was planned. */
    DEFINITION,
    /** The engine itself is at fault. */
    ENGINE
  }
}
