/**
 * The store in memory, for tests and simulation: several sessions on one shared tree, cut off and
 * expired on demand, every event delivered by an executor of the caller, so that a run is
 * deterministic.
 */
@Export
@Version("0.1.0")
package io.geartrain.coordination.memory;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
