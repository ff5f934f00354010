package io.geartrain.cli.internal.rest;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.Problem;

/** Turns a node's problem document into the error that the person reads. Stateless. */
final class Problems {
  private Problems() {}

  static CliException toError(int status, Problem problem, Endpoint endpoint) {
    String code = text(problem.code());
    ExitCode exitCode = exitCode(status, code);
    String detail = text(problem.detail());
    String title = text(problem.title());
    String what = detail.isEmpty() ? title : detail;
    String why = detail.isEmpty() ? code : "";
    String next = text(problem.hint());
    if (status == 401) {
      why = endpoint.tokenOrigin();
      next =
          next.isEmpty()
              ? "name the file with the node's token: --token-file <node folder>/data/security/token"
              : next;
    } else if (status >= 500 && next.isEmpty()) {
      next = "look into the node's log (logs/ in its folder), then try again";
    }
    return new CliException(exitCode, what.isEmpty() ? "HTTP " + status : what, why, next);
  }

  private static ExitCode exitCode(int status, String code) {
    return switch (code) {
      case "not-found",
          "unknown-application",
          "unknown-bundle",
          "unknown-savepoint",
          "unknown-scheduler" ->
          ExitCode.NOT_FOUND;
      case "unauthenticated", "forbidden" -> ExitCode.AUTHENTICATION;
      case "bundle-conflict" -> ExitCode.CONFLICT;
      case "unavailable" -> ExitCode.UNREACHABLE;
      default -> exitCode(status);
    };
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case 401, 403 -> ExitCode.AUTHENTICATION;
      case 404 -> ExitCode.NOT_FOUND;
      case 408, 504 -> ExitCode.TIMEOUT;
      case 409, 412 -> ExitCode.CONFLICT;
      case 502, 503 -> ExitCode.UNREACHABLE;
      default -> ExitCode.FAILED;
    };
  }

  private static String text(String value) {
    return value == null ? "" : value.strip();
  }
}
