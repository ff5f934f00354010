package io.geartrain.simulation.time;

/** Unwinds the code of a process that has died while it ran; means nothing to anybody. */
public final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super("the process is dead", null, false, false);
  }
}
