package io.geartrain.deploy;

import java.util.List;

/**
 * A bundle as one node has it.
 *
 * @param name symbolic name; of a file that is no bundle, the file's name
 * @param version bundle version; null if unknown
 * @param digest SHA-256 of the jar; null if unknown
 * @param state how far it is
 * @param error what is wrong with it, and what to do; null if nothing is
 * @param origin where it came from, as in {@link DesiredBundle#origin}
 * @param applications names of the applications it declares
 * @param schedulers names of the schedulers it has registered
 * @param pinnedBy who holds it, sorted: ids of applications
 */
public record NodeBundle(
    String name,
    String version,
    String digest,
    State state,
    String error,
    String origin,
    List<String> applications,
    List<String> schedulers,
    List<String> pinnedBy) {
  /** Copies the lists. */
  public NodeBundle {
    applications = List.copyOf(applications);
    schedulers = List.copyOf(schedulers);
    pinnedBy = List.copyOf(pinnedBy);
  }

  /** A file of the deploy folder that can't be deployed. */
  public static NodeBundle brokenFile(String file, String error) {
    return new NodeBundle(
        file,
        null,
        null,
        State.BROKEN,
        error,
        DesiredBundle.DEPLOY_FOLDER + file,
        List.of(),
        List.of(),
        List.of());
  }

  /** How far a bundle is on a node. */
  public enum State {
    /** Wanted, but its bytes are not here yet. */
    PENDING,
    /** Usable, with nothing to start: a fragment. */
    RESOLVED,
    /** Usable and started. */
    ACTIVE,
    /** Wanted, but not usable; the error says why. */
    BROKEN,
    /** Not wanted any more; stopped, and kept for those who hold it. */
    REMOVING
  }
}
