/** What goes wrong, and when: drawn before a run, and counted as it happens. */
package io.geartrain.simulation.fault;
