/**
 * What authors test their applications with: the whole graph runs in memory on the test's thread,
 * with a clock that moves when told to and an order of events that a seed decides. Start at {@link
 * io.geartrain.testkit.TopologyTest}. Needs no test framework.
 */
@Export
@Version("0.1.0")
package io.geartrain.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
