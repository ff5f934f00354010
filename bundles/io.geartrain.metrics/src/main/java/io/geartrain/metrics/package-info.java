/** What tasks count, and how it is read: plain counters owned by one task, snapshots as data. */
@Export
@Version("0.1.0")
package io.geartrain.metrics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
