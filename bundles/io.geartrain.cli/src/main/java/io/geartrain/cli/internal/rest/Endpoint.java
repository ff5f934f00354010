package io.geartrain.cli.internal.rest;

import java.net.URI;
import java.util.Optional;

/**
 * Where a node is and how to prove to it who asks.
 *
 * @param url scheme, host and port, without a path
 * @param origin where the address comes from, for people
 * @param token bearer token, if there is one
 * @param tokenOrigin where the token comes from, or why there is none, for people
 * @param local whether it is the node of this folder
 */
public record Endpoint(
    URI url, String origin, Optional<String> token, String tokenOrigin, boolean local) {}
