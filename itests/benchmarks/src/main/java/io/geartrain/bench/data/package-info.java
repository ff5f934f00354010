/** What both sides of a benchmark share: the data, the meter and the report. */
package io.geartrain.bench.data;
