package io.geartrain.master.internal;

import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.spi.CheckpointStore;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What a master works with.
 *
 * @param files keeps the files of checkpoints
 * @param defaultScheduler name of the default scheduler while nobody has chosen one
 */
record MasterServices(
    MetadataStore store,
    CheckpointStore files,
    LeaderElection election,
    Membership membership,
    Bundles bundles,
    SchedulerHost schedulers,
    MasterReadiness readiness,
    NodeInfoCodec nodeInfo,
    MasterLimits limits,
    Clock clock,
    RandomGenerator random,
    String defaultScheduler) {}
