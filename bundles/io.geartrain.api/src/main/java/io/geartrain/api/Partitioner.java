package io.geartrain.api;

/**
 * How the records of an edge are spread over the receiving tasks.
 *
 * @param <T> type of the records
 */
public sealed interface Partitioner<T> {
  /** Task i hands to task i; both sides have the same parallelism. */
  static <T> Partitioner<T> forward() {
    return new Forward<>();
  }

  /** Records with equal keys go to the same task. */
  static <T, K> Partitioner<T> hash(KeySelector<? super T, ? extends K> key) {
    return new Hash<>(key);
  }

  /** Records are spread evenly, to the task with the least waiting. */
  static <T> Partitioner<T> shuffle() {
    return new Shuffle<>();
  }

  /** Each record goes to every task. */
  static <T> Partitioner<T> broadcast() {
    return new Broadcast<>();
  }

  /** Records go where a function of one's own says. */
  static <T> Partitioner<T> custom(CustomPartitioner<? super T> partitioner) {
    return new Custom<>(partitioner);
  }

  /** Task i hands to task i. */
  record Forward<T>() implements Partitioner<T> {}

  /** By key group. */
  record Hash<T>(KeySelector<? super T, ?> key) implements Partitioner<T> {}

  /** Evenly. */
  record Shuffle<T>() implements Partitioner<T> {}

  /** To all. */
  record Broadcast<T>() implements Partitioner<T> {}

  /** As a function says. */
  record Custom<T>(CustomPartitioner<? super T> partitioner) implements Partitioner<T> {}
}
