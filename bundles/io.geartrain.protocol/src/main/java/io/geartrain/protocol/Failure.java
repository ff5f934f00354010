package io.geartrain.protocol;

import io.geartrain.plan.ErrorText;

/**
 * Why an application failed. Fields that do not apply are null. Whatever an exception says, a
 * failure is short enough to be written down.
 *
 * @param code stable name of the kind of failure, in kebab case: {@code task-failed}, {@code
 *     definition-failed}, {@code definition-timeout}, {@code definition-differs}, …
 * @param processor id of the step
 * @param task which of its tasks: {@code split/1}
 * @param value the record being processed as text, cut to 200 characters
 * @param timestamp its event time in ms; null if there was no record
 * @param message what happened, in one line; cut to {@link ErrorText#LONGEST_MESSAGE}
 * @param stackTrace the whole cause; cut to {@link ErrorText#LONGEST_TRACE}
 * @param hint what to do; cut as the message is
 */
public record Failure(
    String code,
    String processor,
    String task,
    String value,
    Long timestamp,
    String message,
    String stackTrace,
    String hint) {
  /** Cuts what is too long. */
  public Failure {
    message = ErrorText.cutMessage(message);
    stackTrace = ErrorText.cutTrace(stackTrace);
    hint = ErrorText.cutMessage(hint);
  }

  /** A failure outside of any task. */
  public static Failure of(String code, String message, String hint) {
    return new Failure(code, null, null, null, null, message, null, hint);
  }
}
