package io.geartrain.plan;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.Topology;
import io.geartrain.api.Topology.Vertex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the application's sources for their splits and its sinks whether they can be written, once,
 * before any task runs. Runs user code that may block; the caller owns the thread and the limit of
 * time.
 */
public final class SourceSplits {
  private SourceSplits() {}

  /**
   * The plan with the splits of all sources; all sinks were found fit.
   *
   * @throws DefinitionException naming the source or sink that refused, and why
   */
  public static ExecutionPlan discover(Topology topology, ExecutionPlan plan) {
    Map<String, List<SourceSplit>> splits = new LinkedHashMap<>();
    for (Vertex vertex : topology.vertices()) {
      if (vertex instanceof Vertex.SourceVertex source) {
        splits.put(
            source.id(),
            splits(source.id(), source.source(), plan.processor(source.id()).parallelism()));
      } else if (vertex instanceof Vertex.SinkVertex sink) {
        validate(sink);
      }
    }
    return plan.withSplits(splits);
  }

  /**
   * Asks the sources whether they can go on where others have left off.
   *
   * @param left by the id of the source
   * @throws DefinitionException naming the source that can't, and why
   */
  public static void validateRemaining(Topology topology, Map<String, List<SourceSplit>> left) {
    for (Vertex vertex : topology.vertices()) {
      if (vertex instanceof Vertex.SourceVertex source && left.containsKey(source.id())) {
        try {
          source.source().validateRemaining(left.get(source.id()));
        } catch (Exception | LinkageError | StackOverflowError e) {
          throw new DefinitionException(
              "source '"
                  + source.id()
                  + "' can't go on where the savepoint has left off: "
                  + reason(e),
              e);
        }
      }
    }
  }

  private static List<SourceSplit> splits(String id, Source<?> source, int parallelism) {
    List<SourceSplit> found;
    try {
      found = new ArrayList<>(source.splits(parallelism));
    } catch (Exception | LinkageError | StackOverflowError e) {
      throw new DefinitionException("source '" + id + "' can't be read: " + reason(e), e);
    }
    Set<String> ids = new HashSet<>();
    for (SourceSplit split : found) {
      if (split == null) {
        throw new DefinitionException("source '" + id + "' gave a null among its splits");
      }
      if (!ids.add(split.id())) {
        throw new DefinitionException(
            "source '" + id + "' gave two splits with the id '" + split.id() + "'");
      }
    }
    return List.copyOf(found);
  }

  private static void validate(Vertex.SinkVertex sink) {
    try {
      sink.sink().validate();
    } catch (Exception | LinkageError | StackOverflowError e) {
      throw new DefinitionException("sink '" + sink.id() + "' can't be written: " + reason(e), e);
    }
  }

  private static String reason(Throwable e) {
    String type = e.getClass().getSimpleName();
    String message = ErrorText.message(e);
    return message.isEmpty() ? type : message + " (" + type + ")";
  }
}
