package io.geartrain.cli.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A successful answer: the typed value for people, and everything that the node sent for scripts.
 *
 * @param status HTTP status
 * @param json the body; a missing node if there was none
 * @param value the body as a type of {@link Model}; null if there was none
 */
public record Reply<T>(int status, JsonNode json, T value) {}
