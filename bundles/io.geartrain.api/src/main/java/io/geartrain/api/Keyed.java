package io.geartrain.api;

/**
 * A key with its value.
 *
 * @param key the key
 * @param value the value at this moment
 */
public record Keyed<K, V>(K key, V value) {}
