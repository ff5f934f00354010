package io.geartrain.console.rest.internal.routes;

/**
 * Document of {@code GET /version}.
 *
 * @param version of Geartrain
 * @param java version of the runtime
 * @param startedAt when the process started, ISO-8601
 */
public record NodeInfo(String version, String java, String startedAt) {}
