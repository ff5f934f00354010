/** The workloads as an application bundle. */
package io.geartrain.bench.app;
