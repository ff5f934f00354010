package io.geartrain.protocol;

import java.util.List;

/**
 * The checkpoint or savepoint of another application that an application is started from.
 *
 * @param application id of the other
 * @param checkpoint its number
 * @param name under which the checkpoint store keeps its files
 * @param savepoint whether it is a savepoint
 * @param dropState ids of steps whose state is left out
 * @param allowDropped whether the state of all steps is left out that the application has no more
 * @param owner id of a running application that may still have to publish the output that was made
 *     ready in it; null if there is none
 */
public record StartFrom(
    String application,
    long checkpoint,
    String name,
    boolean savepoint,
    List<String> dropState,
    boolean allowDropped,
    String owner) {
  /** Copies the list. */
  public StartFrom {
    dropState = List.copyOf(dropState);
  }

  /** How people name it. */
  public String label() {
    return (savepoint ? "savepoint " : "checkpoint ") + application + "/" + checkpoint;
  }
}
