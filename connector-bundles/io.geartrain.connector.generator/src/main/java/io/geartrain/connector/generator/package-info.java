/**
 * Records made from their running number: {@link io.geartrain.connector.generator.GeneratorSource}
 * gives as many as one wants, at full speed or at a fixed rate, and goes on where it left off.
 */
@Export
@Version("0.1.0")
package io.geartrain.connector.generator;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
