/**
 * What an author of applications writes against: an application defines a graph of sources,
 * processors and sinks, either with the fluent {@link io.geartrain.api.Streams} or with a {@link
 * io.geartrain.api.Topology}. Nothing in here names a framework; a test can drive all of it.
 */
@Export
@Version("0.1.0")
package io.geartrain.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
