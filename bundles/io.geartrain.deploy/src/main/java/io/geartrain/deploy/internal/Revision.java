package io.geartrain.deploy.internal;

import java.util.List;

/** The bytes of one digest, installed in the framework of this node. */
interface Revision {
  /** Lower-case hexadecimal SHA-256 of its jar. */
  String digest();

  /** Whether somebody else has uninstalled it. */
  boolean isGone();

  /** Whether it is a fragment, which can't be started. */
  boolean isFragment();

  /** Whether its classes can be loaded. */
  boolean isResolved();

  /** Whether it is started. */
  boolean isStarted();

  /**
   * Makes its classes loadable; nothing happens if they are.
   *
   * @throws RevisionException naming what it lacks
   */
  void resolve() throws RevisionException;

  /**
   * Resolves and starts it.
   *
   * @throws RevisionException naming what it lacks, or what its activator threw
   */
  void start() throws RevisionException;

  /** Stops it: its services vanish, its classes stay. */
  void stop() throws RevisionException;

  /** Takes it out of the framework. */
  void uninstall() throws RevisionException;

  /** Loads its classes; only when resolved. */
  ClassLoader classLoader();

  /** Names of the schedulers that it has registered, sorted. */
  List<String> schedulers();
}
