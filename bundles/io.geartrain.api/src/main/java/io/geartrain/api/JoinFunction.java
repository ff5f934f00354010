package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Makes one record of a pair that was joined. */
@ConsumerType
@FunctionalInterface
public interface JoinFunction<L, R, O> {
  /** The record of the pair. */
  O join(L left, R right) throws Exception;
}
