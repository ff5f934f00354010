package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/** Where the graph of an application starts. */
@ProviderType
public interface Streams {
  /**
   * Starts a stream at a source.
   *
   * @param <T> type of the source's records
   */
  <T> SourceStream<T> from(Source<T> source);

  /**
   * Takes a topology built by hand instead of one built from streams; an application does one or
   * the other.
   */
  void use(Topology topology);
}
