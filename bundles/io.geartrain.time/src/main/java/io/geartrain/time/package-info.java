/**
 * Event time: windows by slices, sessions, timers and watermarks. Pure; one task's thread owns each
 * object.
 */
@Export
@Version("0.1.0")
package io.geartrain.time;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
