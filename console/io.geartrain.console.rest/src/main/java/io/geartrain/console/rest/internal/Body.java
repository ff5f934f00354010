package io.geartrain.console.rest.internal;

import java.io.InputStream;

/** The body of a request, read at most once, by the thread of the request. */
public interface Body {
  /** Reads a JSON body strictly: unknown and missing fields, and other media types, are refused. */
  <T> T json(Class<T> type);

  /** True if the client sent nothing. */
  boolean isEmpty();

  /** The bytes as they arrive; a read fails with {@link Interrupted} if the client goes away. */
  InputStream bytes();

  /** Media type without parameters, lower case; empty if none was given. */
  String mediaType();

  /** Value of {@code X-File-Name}, or null. */
  String fileName();

  /** The client went away before all of the body was there. */
  final class Interrupted extends java.io.IOException {
    private static final long serialVersionUID = 1;

    public Interrupted(java.io.IOException cause) {
      super("the upload ended early: " + cause.getMessage(), cause);
    }
  }
}
