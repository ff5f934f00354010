/** Runs the workloads on both sides and compares them. */
package io.geartrain.bench.run;
