/**
 * Runs drawn applications on drawn clusters with drawn faults, in one thread, each run from one
 * seed; and compares what has become visible with what must be.
 */
package io.geartrain.simulation;
