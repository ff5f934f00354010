/**
 * Drawn applications, where they read and write, and what each is to give by a plain computation.
 */
package io.geartrain.simulation.graph;
