package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Where the graph of an application starts. Here, {@code lines} is a source of text and {@code out}
 * a sink:
 *
 * <pre>{@code
 * streams
 *     .from(lines)
 *     .flatMap(String.class, (line, words) -> List.of(line.split(" ")).forEach(words::emit))
 *     .keyBy(String.class, word -> word)
 *     .window(Window.global())
 *     .count()
 *     .id("count")
 *     .map(String.class, count -> count.key() + " " + count.value())
 *     .to(out);
 * // the lines "to be", "or", "not to be" give: be 2, not 1, or 1, to 2
 * }</pre>
 */
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

  /**
   * Names records and enums that travel between tasks and that no step names: results and
   * accumulators of aggregators made of lambdas, side outputs that no stream is read from, what
   * generic records hold, implementations of open interfaces. Types that these and the steps' own
   * are made of are found by themselves.
   */
  void types(Class<?>... types);
}
