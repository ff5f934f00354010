/** The same work in plain Java, as fast as it can be written without tricks. */
package io.geartrain.bench.plain;
