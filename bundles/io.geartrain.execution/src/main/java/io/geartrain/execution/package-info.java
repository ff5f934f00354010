/**
 * Runs the tasks of an application in one JVM. Has no threads of its own: who drives the tasks
 * gives each its turns, one at a time.
 */
@Export
@Version("0.1.0")
package io.geartrain.execution;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
