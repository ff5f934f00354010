/**
 * How records pass from task to task in one JVM: recycled batches in rings with one producer and
 * one consumer each. An empty batch is the right to send, so a slow consumer stops its producers by
 * keeping batches, and nothing is ever queued without bound.
 */
@Export
@Version("0.1.0")
package io.geartrain.channel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
