package io.geartrain.itests.apps.ghost;

/** A class that its users forget to carry along. */
public final class Ghost {
  private Ghost() {}

  /** Haunts. */
  public static Long haunt(Long value) {
    return -value;
  }
}
