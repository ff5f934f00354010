package io.geartrain.connector.generator;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes the records of a {@link GeneratorSource}. It gives the same record for the same index each
 * time, for after a failure records are made once more. Draw random numbers from the index.
 *
 * @param <T> type of the records
 */
@ConsumerType
@FunctionalInterface
public interface Generator<T> {
  /**
   * The record of this index; not null.
   *
   * @param index from 0; the indexes of one split rise, those of several come in any order
   */
  T generate(long index) throws Exception;
}
