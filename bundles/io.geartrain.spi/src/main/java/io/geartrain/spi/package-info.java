/**
 * What an author of plug-ins writes against: resource schedulers, codecs, stores of checkpoints,
 * and the services that the platform's own bundles offer one another without naming a framework.
 */
@Export
@Version("0.1.0")
package io.geartrain.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
