/** Features: named sets of bundles and configurations that are installed and removed as one. */
@Export
@Version("0.1.0")
package io.geartrain.features;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
