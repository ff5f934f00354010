package io.geartrain.master.internal;

import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What a master works with.
 *
 * @param defaultScheduler name of the default scheduler while nobody has chosen one
 */
record MasterServices(
    MetadataStore store,
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
