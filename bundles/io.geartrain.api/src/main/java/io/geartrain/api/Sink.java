package io.geartrain.api;

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
   * Opens the part of one task.
   *
   * @throws Exception fails the application
   */
  SinkWriter<T> open(ProcessorContext context) throws Exception;
}
