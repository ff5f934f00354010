package io.geartrain.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where records come from: a set of splits with stable ids, each read by one task at a time.
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
   * Opens one split from its start.
   *
   * @throws Exception fails the application
   */
  SplitReader<T> open(SourceSplit split, ProcessorContext context) throws Exception;
}
