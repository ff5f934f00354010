/**
 * What a provider of a store builds its election and membership with; users of coordination have no
 * need of it.
 */
@Export
@Version("0.1.0")
package io.geartrain.coordination.provider;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
