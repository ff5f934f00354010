package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads one split, on the thread of its task.
 *
 * @param <T> type of the records
 */
@ConsumerType
public interface SplitReader<T> extends AutoCloseable {
  /**
   * Emits up to {@code max} records and returns soon, never waiting for data to arrive.
   *
   * @param max few at first, and after a poll that gave less than it was asked for; more with each
   *     poll that gives all
   * @return whether there is more now, later, or never
   * @throws Exception fails the task; say which file and byte is at fault
   */
  ReadStatus poll(Emitter<T> out, int max) throws Exception;

  /**
   * What is left to read: a split of the same id, which {@link Source#open} opens where this one is
   * now. Called between polls: for checkpoints, and where a task has more splits than it keeps
   * open. Of those that always have more, each yields its place to another after some hundred
   * polls: it is closed, and what was left of it is opened later.
   *
   * @return null if the reader can't tell; then there will be no checkpoints, and a task with many
   *     splits may keep all of them open
   */
  default SourceSplit remaining() throws Exception {
    return null;
  }

  @Override
  default void close() throws Exception {}
}
