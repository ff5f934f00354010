package io.geartrain.console.rest.internal;

/**
 * A request can't be served; becomes a problem document (RFC 9457). The message says what is wrong.
 * Made and thrown by the thread of the request.
 */
public final class Problem extends RuntimeException {
  private final int status;
  private final String code;
  private final String hint;

  /**
   * A problem.
   *
   * @param status of HTTP
   * @param code stable name, in kebab case
   * @param detail what is wrong, for a person
   * @param hint what to do; may be null
   */
  public Problem(int status, String code, String detail, String hint) {
    super(detail);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }

  /** The request is not of the form that the route takes. */
  public static Problem badRequest(String detail, String hint) {
    return new Problem(400, "bad-request", detail, hint);
  }

  /** There is nothing at this address. */
  public static Problem notFound(String path) {
    return new Problem(
        404, "not-found", "There is nothing at " + path + ".", "See /api/v1/openapi.yaml.");
  }

  /** A part of the node is not there yet, or not there any more. */
  public static Problem unavailable(String detail) {
    return new Problem(503, "unavailable", detail, "Try again in a moment; see 'gear nodes'.");
  }

  /** Status of HTTP. */
  public int status() {
    return status;
  }

  /** Stable name. */
  public String code() {
    return code;
  }

  /** What to do; may be null. */
  public String hint() {
    return hint;
  }
}
