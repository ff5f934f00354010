/**
 * How records pass from task to task as bytes: frames that stand for themselves, each checked by
 * CRC, sequence and epoch when it comes. Between the two ends of a channel lies a ring of buffers;
 * a connection between two JVMs would lie between two such rings.
 */
@Export
@Version("0.1.0")
package io.geartrain.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
