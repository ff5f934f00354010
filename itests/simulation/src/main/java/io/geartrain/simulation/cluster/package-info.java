/** Machines, the processes on them, and what is between them: shells without threads. */
package io.geartrain.simulation.cluster;
