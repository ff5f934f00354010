package io.geartrain.simulation.cluster;

import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.simulation.fault.Coverage;
import io.geartrain.simulation.fault.Faults;
import io.geartrain.simulation.graph.Graph;
import io.geartrain.simulation.graph.Ledger;
import io.geartrain.simulation.time.Agenda;
import io.geartrain.simulation.time.Chance;
import io.geartrain.state.MemoryCheckpointStore;
import java.util.function.UnaryOperator;

/**
 * What all machines of a run share.
 *
 * @param chance for what happens
 * @param files the checkpoint store that all processes see
 * @param medium what it writes on
 * @param ledger what the outside sees of the application's output
 * @param metadata as app masters and masters are given them; as they are, but in tests that show
 *     what the fence is good for
 */
record World(
    Agenda agenda,
    Chance chance,
    Delays delays,
    Faults faults,
    Coverage coverage,
    Network network,
    InMemoryEnsemble ensemble,
    MemoryCheckpointStore files,
    Medium medium,
    Ledger ledger,
    Graph graph,
    Tuning tuning,
    UnaryOperator<MetadataStore> metadata) {}
