package io.geartrain.console.rest.internal;

import java.util.Map;

/**
 * What a handler answers.
 *
 * @param status of HTTP
 * @param entity written as JSON; a {@link Text} as it is; null for no body
 * @param headers beside the usual ones
 */
public record Reply(int status, Object entity, Map<String, String> headers) {
  /** A ready-made text. */
  public record Text(String mediaType, String text) {}

  /** 200. */
  public static Reply ok(Object entity) {
    return new Reply(200, entity, Map.of());
  }

  /** 201, and where it is. */
  public static Reply created(Object entity, String location) {
    return new Reply(201, entity, Map.of("Location", location));
  }

  /** 202. */
  public static Reply accepted(Object entity) {
    return new Reply(202, entity, Map.of());
  }

  /** 202, and where to look for what becomes of it. */
  public static Reply accepted(Object entity, String location) {
    return new Reply(202, entity, Map.of("Location", location));
  }

  /** 204. */
  public static Reply noContent() {
    return new Reply(204, null, Map.of());
  }
}
