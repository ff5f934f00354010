/** How a part of this platform talks to the cluster: it finds the leading master and asks it. */
@Export
@Version("0.1.0")
package io.geartrain.client;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
