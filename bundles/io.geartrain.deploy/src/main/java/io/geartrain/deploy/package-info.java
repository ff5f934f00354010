/**
 * Which bundles the nodes must have and what they have: the desired state in the metadata store,
 * the reports of the nodes, and the look into a jar that tells whether it can be deployed. Each
 * node's agent, in this bundle too, brings the node to the desired state.
 */
@Export
@Version("0.1.0")
package io.geartrain.deploy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
