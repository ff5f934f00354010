/**
 * What tasks remember: tables of keyed state cut into key groups, snapshots of them taken bit by
 * bit between batches, the files that hold snapshots, and the manifest that makes files a
 * checkpoint.
 */
@Export
@Version("0.1.0")
package io.geartrain.state;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
