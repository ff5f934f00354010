package io.geartrain.api;

/**
 * The result of one window of one key.
 *
 * @param key the key
 * @param start first instant of the window, event time in ms; {@link Long#MIN_VALUE} if unbounded
 * @param end first instant after the window, event time in ms; {@link Long#MAX_VALUE} if unbounded
 * @param value the result
 */
public record Windowed<K, V>(K key, long start, long end, V value) {}
