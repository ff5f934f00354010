package io.geartrain.connector.files.internal;

import io.geartrain.api.MapFunction;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.SinkWriter;
import java.io.IOException;
import java.util.Set;

/** Which files a sink writes, and when they appear. Immutable. */
public sealed interface Layout permits SingleFile, PartFolder {
  /**
   * Checks at submission that it can be written.
   *
   * @throws IOException naming the path, and what to do
   */
  void validate() throws IOException;

  /** How many tasks write unless told; 0: as many as the step before has. */
  int preferredParallelism();

  /**
   * Sets a task's hidden files back to the checkpoint.
   *
   * @param safe what it holds of the sink
   * @throws IOException if a file is gone, or was begun otherwise
   */
  void discardAllBut(Set<String> safe, ProcessorContext context) throws IOException;

  /**
   * Opens the writer of a task.
   *
   * @param format makes the line, without its end
   */
  <T> SinkWriter<T> open(ProcessorContext context, MapFunction<? super T, String> format)
      throws IOException;

  /** Lets appear what a writer of either layout has made ready. */
  static void commit(String prepared) throws IOException {
    if (PartFile.isText(prepared)) {
      PartFile.of(prepared).publish();
    } else {
      PreparedFile.of(prepared).publish();
    }
  }
}
