package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes one task's part of a sink, on the thread of the task. What was written becomes visible in
 * two phases, {@link #prepare} or {@link #finish} here and then {@link Sink#commit}; {@link #close}
 * without them leaves nothing behind. A sink that shows each record at once does without both, and
 * shows some records again after a failure.
 *
 * @param <T> type of the records
 */
@ConsumerType
public interface SinkWriter<T> extends AutoCloseable {
  /**
   * Writes a record.
   *
   * @param timestamp its event time in ms since 1970
   */
  void write(T value, long timestamp) throws Exception;

  /**
   * A checkpoint begins: makes all that was written so far durable, but not visible.
   *
   * @param checkpointId rises from one to the next
   * @return what {@link Sink#commit} needs to make it visible; null if there is nothing to commit
   */
  default String prepare(long checkpointId) throws Exception {
    return null;
  }

  /**
   * All input has ended: as {@link #prepare}, for the last time.
   *
   * @return what {@link Sink#commit} needs to make it visible; null if there is nothing to commit
   */
  default String finish() throws Exception {
    return null;
  }

  @Override
  default void close() throws Exception {}
}
