package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.term.Output;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** One command; its result is the status of the process. Run by the main thread. */
abstract class Command implements Callable<Integer> {
  private final Session session;

  Command(Session session) {
    this.session = session;
  }

  /** Does what the command is for. */
  abstract ExitCode run();

  @Override
  public Integer call() {
    return run().status();
  }

  Session session() {
    return session;
  }

  Output output() {
    return session.output();
  }

  /**
   * Gets the person's consent to something that can't be undone.
   *
   * @throws CliException if nobody can be asked; returns false if the answer is no
   */
  boolean confirmed(boolean yes, String question) {
    if (yes) {
      return true;
    }
    if (!output().canAsk()) {
      throw new CliException(
          ExitCode.USAGE,
          "not done: " + question,
          "this needs a yes, and there is no terminal to ask on",
          "add --yes");
    }
    return output().ask(question);
  }

  /**
   * Runs a call; if it does not find its object, adds to the error what may have been meant.
   *
   * @param near finds names like the one given; asked only then
   */
  <T> T suggesting(String listCommand, Supplier<List<String>> near, Supplier<T> call) {
    try {
      return call.get();
    } catch (CliException e) {
      if (e.status() != ExitCode.NOT_FOUND.status()) {
        throw e;
      }
      List<String> names = quietly(near);
      if (!names.isEmpty()) {
        throw e.withNext(
            "did you mean " + String.join(" or ", names) + "?  (all: " + listCommand + ")");
      }
      throw e.next().isEmpty() ? e.withNext("see what there is: " + listCommand) : e;
    }
  }

  private static List<String> quietly(Supplier<List<String>> near) {
    try {
      return near.get();
    } catch (CliException e) {
      return List.of(); // the first error is the one to tell
    }
  }
}
