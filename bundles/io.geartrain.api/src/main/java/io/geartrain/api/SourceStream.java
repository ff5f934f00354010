package io.geartrain.api;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The stream that leaves a source.
 *
 * @param <T> type of the records
 */
@ProviderType
public interface SourceStream<T> extends DataStream<T> {
  /**
   * Gives each record its event time.
   *
   * @param timestamp takes it out of the record, in ms since 1970
   * @param lateness how much older a record may be than one before it in the same split; what is
   *     older still is late
   */
  SourceStream<T> eventTime(TimestampFunction<? super T> timestamp, Duration lateness);

  /** Lets a split that has had no data for so long no longer hold the watermark back. */
  SourceStream<T> idleAfter(Duration time);

  @Override
  SourceStream<T> id(String id);

  @Override
  SourceStream<T> parallelism(int tasks);

  @Override
  SourceStream<T> blocking();
}
