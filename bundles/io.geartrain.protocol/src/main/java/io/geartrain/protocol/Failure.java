package io.geartrain.protocol;

/**
 * Why an application failed. Fields that do not apply are null.
 *
 * @param code stable name of the kind of failure, in kebab case: {@code task-failed}, {@code
 *     definition-failed}, {@code definition-timeout}, {@code definition-differs}, …
 * @param processor id of the step
 * @param task which of its tasks: {@code split/1}
 * @param value the record being processed as text, cut to 200 characters
 * @param timestamp its event time in ms; null if there was no record
 * @param message what happened, in one line
 * @param stackTrace the whole cause
 * @param hint what to do
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
  /** A failure outside of any task. */
  public static Failure of(String code, String message, String hint) {
    return new Failure(code, null, null, null, null, message, null, hint);
  }
}
