/**
 * The control plane as a protocol: one sealed interface of records for each direction in which two
 * roles speak, and the views of the cluster that clients read. Roles know nothing else of one
 * another. All of it is plain data and passes the serialiser, within one JVM too; an address is
 * text.
 */
@Export
@Version("0.1.0")
package io.geartrain.protocol;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
