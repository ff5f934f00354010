package io.geartrain.spi;

/** What a scheduler decides on one request; the reason is shown to people. */
public sealed interface Decision {
  /** Which request. */
  ResourceRequest request();

  /** Why, in one sentence. */
  String reason();

  /** The slice runs on this worker. */
  record Assign(ResourceRequest request, String workerId, String reason) implements Decision {}

  /** Not now; asked again when the cluster changes. */
  record Wait(ResourceRequest request, String reason) implements Decision {}

  /** Never on this cluster; the application fails. */
  record Reject(ResourceRequest request, String reason) implements Decision {}
}
