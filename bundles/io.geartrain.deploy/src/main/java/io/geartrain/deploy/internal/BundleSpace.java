package io.geartrain.deploy.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The framework of this node, as far as the agent needs it. Called by one thread at a time. */
interface BundleSpace {
  /** The revisions that are installed already. */
  List<Revision> installed();

  /** Whether a bundle of this name belongs to the platform itself. */
  boolean isPlatform(String symbolicName);

  /**
   * Installs a jar under a location of its digest, beside other revisions of the same name and even
   * version.
   */
  Revision install(String digest, Path jar) throws RevisionException;

  /**
   * Rewires those revisions that still use classes of one that was uninstalled, so that they use
   * its successor. Leaves it for later where a pinned one is among them.
   *
   * @param pinned digests of the revisions that must not be disturbed
   */
  void rewire(Set<String> pinned);
}
