package io.geartrain.deploy.internal;

/** The framework refused to do something with a revision; the message is for people. */
final class RevisionException extends Exception {
  private final boolean curable;

  /**
   * A refusal.
   *
   * @param curable whether it may go away when other bundles come
   */
  RevisionException(String message, boolean curable, Throwable cause) {
    super(message, cause);
    this.curable = curable;
  }

  /** Whether it may go away when other bundles come. */
  boolean isCurable() {
    return curable;
  }
}
