package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes one task's part of a sink, on the thread of the task. What was written becomes visible
 * with {@link #finish}; {@link #close} without it leaves nothing behind.
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

  /** All input has ended: makes the output visible, as one. */
  default void finish() throws Exception {}

  @Override
  default void close() throws Exception {}
}
