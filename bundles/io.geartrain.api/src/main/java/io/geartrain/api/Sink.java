package io.geartrain.api;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where records go.
 *
 * <pre>{@code
 * streams
 *     .from(lines)
 *     .to(context -> (line, timestamp) -> System.out.println(context.taskIndex() + ": " + line));
 * }</pre>
 *
 * @param <T> type of the records
 */
@ConsumerType
@FunctionalInterface
public interface Sink<T> {
  /**
   * Checks at submission, before any task runs, that the sink can be written; on a thread that may
   * block.
   *
   * @throws Exception fails the application; say which file or address is at fault
   */
  default void validate() throws Exception {}

  /**
   * How many tasks write, unless the application says otherwise ({@link SinkStep#parallelism}).
   *
   * @return the number of tasks; 0: as many as the step before has
   */
  default int preferredParallelism() {
    return 0;
  }

  /**
   * Makes visible what {@link SinkWriter#prepare} or {@link SinkWriter#finish} has made ready, once
   * the checkpoint is safe. May be called again for the same, after a failure, and by an
   * application that was started from a savepoint of this one; then it does nothing more.
   *
   * @param prepared as {@code prepare} or {@code finish} answered
   * @throws Exception fails the application, which tries again
   */
  default void commit(String prepared) throws Exception {}

  /**
   * Takes back what was made ready in a checkpoint that never came to be, and what earlier writers
   * of the task have left behind; before {@link #open}, in every task.
   *
   * @param safe all that any task had made ready in the checkpoint that is begun with, committed by
   *     now or soon; not to be touched. Empty if the application begins anew
   */
  default void discardAllBut(Set<String> safe, ProcessorContext context) throws Exception {}

  /**
   * Opens the part of one task.
   *
   * @throws Exception fails the application
   */
  SinkWriter<T> open(ProcessorContext context) throws Exception;
}
