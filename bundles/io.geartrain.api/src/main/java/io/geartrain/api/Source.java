package io.geartrain.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where records come from: a set of splits with stable ids, each read by one task at a time.
 *
 * <pre>{@code
 * final class Countdown implements Source<Integer> {
 *   public Class<Integer> type() {
 *     return Integer.class;
 *   }
 *
 *   public List<SourceSplit> splits(int parallelism) {
 *     return List.of(new SourceSplit("all", Map.of("from", "3")));
 *   }
 *
 *   public SplitReader<Integer> open(SourceSplit split, ProcessorContext context) {
 *     return new SplitReader<>() {
 *       private int next = Integer.parseInt(split.attributes().get("from"));
 *
 *       public ReadStatus poll(Emitter<Integer> numbers, int max) {
 *         for (int i = 0; i < max && next > 0; i++) {
 *           numbers.emit(next--);
 *         }
 *         return next > 0 ? ReadStatus.MORE : ReadStatus.END;
 *       }
 *
 *       public SourceSplit remaining() {
 *         return new SourceSplit(split.id(), Map.of("from", Integer.toString(next)));
 *       }
 *     };
 *   }
 * }
 *
 * streams.from(new Countdown()).to(out);
 * // gives: 1, 2, 3
 * }</pre>
 *
 * @param <T> type of the records
 */
@ConsumerType
public interface Source<T> {
  /** Class of the records. */
  Class<T> type();

  /**
   * Finds the splits. Called once per application, before any task runs, on a thread that may
   * block. The ids are unique and the same for the same data.
   *
   * @param parallelism how many tasks will share them; a hint
   * @throws Exception fails the application; say which file or address is at fault
   */
  List<SourceSplit> splits(int parallelism) throws Exception;

  /**
   * Checks at submission, before any task runs, that reading can go on where an earlier run has
   * left off; on a thread that may block. Not asked where the application begins anew.
   *
   * @param left splits as {@link SplitReader#remaining} told them, perhaps by another version of
   *     this source
   * @throws Exception refuses the submission; say which file or address is at fault
   */
  default void validateRemaining(List<SourceSplit> left) throws Exception {}

  /**
   * Opens one split: from its start if it is one of {@link #splits}, else where {@link
   * SplitReader#remaining} was taken.
   *
   * @throws Exception fails the application
   */
  SplitReader<T> open(SourceSplit split, ProcessorContext context) throws Exception;
}
