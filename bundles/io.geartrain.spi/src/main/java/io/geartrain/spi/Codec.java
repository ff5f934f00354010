package io.geartrain.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes and reads the values of one type. Has no state that changes, so any number of threads may
 * use it, each with an output or input of its own.
 *
 * @param <T> type of the values
 */
@ConsumerType
public interface Codec<T> {
  /** Class of the values. */
  Class<T> type();

  /**
   * What the bytes of this type depend on, as text; types of its parts have fingerprints of their
   * own. Two codecs with equal fingerprints read what the other wrote.
   */
  String fingerprint();

  /**
   * Appends a value.
   *
   * @throws CodecException if it, or something in it, is of a type that can't be written
   */
  void write(T value, Output out);

  /**
   * Takes the next value.
   *
   * @throws CorruptDataException if the bytes are not those of a value
   */
  T read(Input in);
}
