package io.geartrain.plan;

/** Throws when it is asked for its message. */
final class Mute extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @Override
  public String getMessage() {
    throw new IllegalStateException("not now");
  }
}
