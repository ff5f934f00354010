/**
 * Akka inside OSGi: one actor system for a node, the serialiser of the control messages, and how
 * one role starts another without importing it.
 */
@Export
@Version("0.1.0")
package io.geartrain.actor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
