package io.geartrain.coordination;

/**
 * A change in a watched sub-tree.
 *
 * @param path the node that changed; with {@link Kind#RESYNC} the root of the watch
 * @param kind what happened to it; by the time of the call more may have happened
 */
public record WatchEvent(String path, Kind kind) {

  /** What happened. */
  public enum Kind {
    /** The node exists now. */
    CREATED,
    /** The node has another value. */
    CHANGED,
    /** The node is gone. */
    DELETED,
    /**
     * The watch stands (first event of every watch) or stands again after a broken connection:
     * anything below the root may have changed, so read all of it.
     */
    RESYNC
  }
}
