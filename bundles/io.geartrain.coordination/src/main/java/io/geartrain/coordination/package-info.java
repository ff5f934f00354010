/**
 * Leadership, membership and fenced metadata: the only place where the nodes of a cluster agree on
 * anything. {@link io.geartrain.coordination.MetadataStore} is the tree of small values, {@link
 * io.geartrain.coordination.LeaderElection} and {@link io.geartrain.coordination.Membership} stand
 * on it, and {@link io.geartrain.coordination.Epoch} fences the writes of a deposed leader.
 */
@Export
@Version("0.1.0")
package io.geartrain.coordination;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
