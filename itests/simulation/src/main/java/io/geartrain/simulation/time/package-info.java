/** What takes the place of threads and clocks: one agenda of events, and one seed of all chance. */
package io.geartrain.simulation.time;
