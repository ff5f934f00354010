package io.geartrain.appmaster.internal;

import io.geartrain.state.Manifest;
import java.util.Map;
import java.util.Set;

/**
 * A checkpoint of another application, read and found whole.
 *
 * @param contents under which names something is kept, by the id of the step
 */
record SavedState(Manifest manifest, Map<String, Set<String>> contents) {}
