package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a processor puts its results. Never fails and never blocks. An emitted value is given away:
 * it must not be changed afterwards. Good only on the task's thread, during the call that handed it
 * over.
 *
 * @param <T> type of the records
 */
@ProviderType
public interface Emitter<T> {
  /** Emits a record with the timestamp of the record being processed. */
  void emit(T value);

  /**
   * Emits a record.
   *
   * @param timestamp event time in ms since 1970
   */
  void emit(T value, long timestamp);
}
