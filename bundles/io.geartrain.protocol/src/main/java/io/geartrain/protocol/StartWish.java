package io.geartrain.protocol;

import java.util.List;

/**
 * What an application is to be started from, as somebody wants it.
 *
 * @param application id of another application
 * @param savepoint number of one of its checkpoints, or label of one of its savepoints; null = the
 *     newest that stands
 * @param dropState ids of steps whose state is left out
 * @param allowDropped whether the state of all steps is left out that the application has no more
 */
public record StartWish(
    String application, String savepoint, List<String> dropState, boolean allowDropped) {
  /** Copies the list. */
  public StartWish {
    dropState = List.copyOf(dropState);
  }
}
