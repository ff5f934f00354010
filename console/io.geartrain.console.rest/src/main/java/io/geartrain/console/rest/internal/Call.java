package io.geartrain.console.rest.internal;

import io.geartrain.security.Principal;
import java.util.Map;

/**
 * What a handler gets to see of a request.
 *
 * @param principal who asks; null on routes that are open to everybody
 * @param path values of the variables in the route's path
 * @param query first value of each query parameter
 * @param session id of the session the request came with, or null
 * @param baseUrl address under which the client reached this node: {@code http://127.0.0.1:8090}
 * @param body what the client sent
 */
public record Call(
    Principal principal,
    Map<String, String> path,
    Map<String, String> query,
    String session,
    String baseUrl,
    Body body) {}
