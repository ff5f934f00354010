package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a processor puts its results. Never blocks, and takes all that is not null. An emitted
 * value is given away: it must not be changed afterwards. Good only on the task's thread, during
 * the call that handed it over.
 *
 * @param <T> type of the records
 */
@ProviderType
public interface Emitter<T> {
  /**
   * Emits a record with the timestamp of the record being processed; with the watermark where that
   * is being processed; with 0 where a source emits.
   *
   * @throws NullPointerException if the value is null
   */
  void emit(T value);

  /**
   * Emits a record.
   *
   * @param timestamp event time in ms since 1970
   * @throws NullPointerException if the value is null
   */
  void emit(T value, long timestamp);
}
